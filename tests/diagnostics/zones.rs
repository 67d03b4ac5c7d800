//! Zones that are missing or mean several.

use crate::Row;
use sevline::diagnostic::Code;

/// Zones that are not written, or that mean several.
pub const ROWS: &[Row] = &[
    Row {
        code: Code::ClockSkipped,
        raised: &[
            ("a.txt", "Feed outage\n\nAt «02:30 America/New_York on 10 March 2024» the feed stopped.\n"),
            ("a.md", "# Feed outage\n\n**Start:** «2024-03-31 02:15 Europe/Berlin»\n**End:** 2024-03-31 03:40 Europe/Berlin\n"),
            (
                "a.md",
                "# Feed outage\n\n## Timeline\n\n- 2023-03-12 01:50 America/Chicago The feed stops\n- «2023-03-12 02:10 America/Chicago» The feed is back\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feed outage\n\nAt 03:30 America/New_York on 10 March 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 02:30 UTC on 10 March 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 02:30 Asia/Tokyo on 10 March 2024 the feed stopped.\n"),
        ],
    },
    Row {
        code: Code::ClockRepeated,
        raised: &[
            ("a.txt", "Feed outage\n\nAt «01:30 America/New_York on 3 November 2024» the feed stopped.\n"),
            ("a.md", "# Feed outage\n\n**Start:** «2024-10-27 02:15 Europe/Berlin»\n**End:** 2024-10-27 03:40 Europe/Berlin\n"),
            (
                "a.md",
                "# Feed outage\n\n## Timeline\n\n- 2023-11-05 00:50 America/Chicago The feed stops\n- «2023-11-05 01:10 America/Chicago» The feed is back\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feed outage\n\nAt 01:30 EDT on 3 November 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 01:30 UTC on 3 November 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 03:30 America/New_York on 3 November 2024 the feed stopped.\n"),
        ],
    },
    Row {
        code: Code::ZoneAssumed,
        raised: &[
            ("a.txt", "Kiosk outage\n\nOn «2 May 2024, between 10:15» and 10:40, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline\n\n- «2024-05-02 10:15» kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "---\ntitle: Kiosk outage\nstart: «2024-05-02 10:15»\nend: 2024-05-02 10:40\n---\n\nKiosks were unavailable.\n"),
        ],
        quiet: &[
            ("a.txt", "Kiosk outage\n\nAll times are in CET.\n\nOn 2 May 2024, between 10:15 and 10:40, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (UTC)\n\n- 2024-05-02 10:15 kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "# Kiosk outage\n\nOn 2 May 2024 kiosks were unavailable for most of the day.\n"),
        ],
    },
    Row {
        code: Code::ZoneUnknown,
        raised: &[
            ("a.txt", "Kiosk outage\n\nOn «2 May 2024, between 10:15» and 10:40 XQT, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline\n\n- «2024-05-02 10:15 (XQT)» kiosks fail\n- 2024-05-02 10:40 (XQT) kiosks restored\n"),
            (
                "a.md",
                "# Kiosk outage\n\n| Time (XQT) | What |\n|---|---|\n| «2024-05-02 10:15» | kiosks fail |\n| 2024-05-02 10:40 | kiosks restored |\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Kiosk outage\n\nOn 2 May 2024, between 10:15 XQT (UTC+3) and 10:40 XQT, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (UTC)\n\n- 2024-05-02 10:15 NAT gateway fails\n- 2024-05-02 10:40 TEST passed\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (UTC)\n\n- 2024-05-02 10:15 DNS: kiosks fail\n- 2024-05-02 10:40 START\n"),
        ],
    },
    Row {
        code: Code::ZoneAmbiguous,
        raised: &[
            ("a.txt", "Kiosk outage\n\nOn «2 May 2024 at 10:15 CST» kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (IST)\n\n- «2024-05-02 10:15» kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "# Kiosk outage\n\n**Start:** «2 May 2024 10:15 BST»\n**End:** 2 May 2024 10:40 BST\n"),
        ],
        quiet: &[
            ("a.txt", "Kiosk outage\n\nOn 2 May 2024 at 10:15 CEST kiosks were unavailable. The CST project is not affected.\n"),
            ("a.txt", "Kiosk outage\n\nOn 2 May 2024 at 10:15 UTC+8 kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n- 2024-05-02 10:15 America/Chicago kiosks fail\n- 2024-05-02 10:40 America/Chicago restored\n"),
        ],
    },
];
