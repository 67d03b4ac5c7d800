//! The reports that come with the program; invented, and labelled in `tests/samples.gold.jsonl`.

macro_rules! sample {
    ($name:literal) => {
        ($name, include_str!(concat!("../../assets/samples/", $name)))
    };
}

/// Name and text of each sample, by name.
pub const SAMPLES: &[(&str, &str)] = &[
    sample!("brindlecast-incidents.json"),
    sample!("brindlecast-stale-feeds.md"),
    sample!("lindenfracht-customs-certificate.txt"),
    sample!("mossbeam-dns-delegation.txt"),
    sample!("mossbeam-registry-slow-pulls.md"),
    sample!("mossbeam-storage-maintenance.txt"),
    sample!("orrery-commons-search-overload.md"),
    sample!("papertrellis-late-invoices.md"),
    sample!("papertrellis-upload-quota.txt"),
    sample!("papertrellis-webhook-backlog.txt"),
    sample!("quernstone-bgp-leak.txt"),
    sample!("tollgrove-checkout-failover-pool.md"),
    sample!("tollgrove-checkout-leaked-connections.md"),
    sample!("tollgrove-checkout-slow-report.md"),
    sample!("vayupath-booking-twice-down.txt"),
    sample!("wattlefern-transfer-switch.txt"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_file_of_its_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples");
        let mut there: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        there.sort();
        let listed: Vec<_> = SAMPLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, there);
    }
}
