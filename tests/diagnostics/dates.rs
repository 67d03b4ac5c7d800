//! Dates that are missing, open to two readings, or wrong.

use crate::Row;
use sevline::diagnostic::Code;

/// Dates and clocks that leave something out or cannot be.
pub const ROWS: &[Row] = &[
    Row {
        code: Code::DateAmbiguous,
        raised: &[
            ("a.txt", "Subject: Ledger API down\nFrom: ops@quillpost.example\n\nOn «3/9/2024 at 10:15 UTC» customers could not log in.\n"),
            ("a.md", "# Search outage\n\n**Date:** «04/05/2023»\n\nSearch was unavailable for two hours from 10:00 UTC.\n"),
            (
                "a.md",
                "# Mail delays\n\n## Timeline\n\n- «02-07-2022 08:10 UTC» - Mail is delayed\n- 02-07-2022 09:40 UTC - Service restored\n",
            ),
        ],
        quiet: &[
            ("a.md", "# Search outage\n\nOn 2024-03-09 at 10:15 UTC search was unavailable.\n"),
            ("a.txt", "Search outage\n\nOn 23/9/2024 at 10:15 UTC search failed.\nOn 3/10/2024 at 09:00 UTC it failed again.\n"),
            ("a.md", "# Search outage\n\nOn 3/9/2024 (9 March 2024) at 10:15 EST search was unavailable.\n"),
            ("a.md", "# Search outage\n\nAt 10:15 UTC on 5 May 2024 search failed; 3/9 of the shards were lost.\n"),
            ("a.md", "# Search outage\n\nOn 5/5/2024 at 10:15 UTC search failed.\n"),
            ("a.md", "# Search outage\n\nOn 03.09.2024 at 10:15 UTC search failed on kernel 4.9.13.\n"),
            (
                "a.txt",
                "Subject: Search outage\nFrom: ops@quillpost.example\nDate: Tue, 10 Sep 2024 10:00:00 +0000\n\nOn 9/3/2024 at 10:15 UTC search failed.\n",
            ),
        ],
    },
    Row {
        code: Code::DateMissing,
        raised: &[
            ("a.txt", "Checkout outage\n\nCustomers could not pay between «10:15» and 10:40 UTC.\n"),
            ("a.md", "# Login errors\n\n## Timeline\n\n- «09:12 UTC» alert fires\n- 09:30 UTC login works again\n"),
            ("a.md", "# Login errors\n\n| Time (CET) | Event |\n|---|---|\n| «14:05» | Errors rise |\n| 14:50 | Restored |\n"),
        ],
        quiet: &[
            ("a.md", "# Login errors on 3 May 2024\n\n## Timeline\n\n- 09:12 UTC alert fires\n- 09:30 UTC login works again\n"),
            ("a.md", "# Login errors\n\nOn 3 May 2024 login failed. The ratio was 3:1, the address 10.0.0.1:8080.\n"),
            ("a.txt", "Login errors\n\nOn 3 May 2024 the nightly job, which normally runs at 02:00 UTC, did not start. Login failed.\n"),
        ],
    },
    Row {
        code: Code::UnreadableTime,
        raised: &[
            ("a.md", "# Tile cache down\n\n## Timeline\n\n- 2024-07-04 11:42 UTC Cache fails\n- «2024-07-04 11:??» UTC Cache restarted\n"),
            (
                "a.md",
                "# Tile cache down\n\n| Time | Event |\n|---|---|\n| 2024-07-04 11:42 | Cache fails |\n| «2024-07-04 --:--» | Restarted |\n",
            ),
            ("a.txt", "Tile cache down\n\nThe cache failed at 11:42 UTC on 4 July 2024. Service was restored at «12:xx» UTC.\n"),
            ("a.md", "# Tile cache down\n\n- «20244-07-04 11:42» Cache fails\n- 2024-07-04 12:10 UTC Restored\n"),
        ],
        quiet: &[
            ("a.md", "# Tile cache down\n\nAt 11:42 UTC on 4 July 2024 the cache failed. Why?? We do not know -- yet.\n"),
            ("a.md", "# Tile cache down\n\nAt 11:42 UTC on 4 July 2024 the host 10.0.0.1:8080 returned 5xx errors.\n"),
            ("a.txt", "Tile cache down\n\n---\n\nOn 4 July 2024 at 11:42 UTC the cache failed; ticket INC-20244-07.\n"),
        ],
    },
    Row {
        code: Code::WeekdayMismatch,
        raised: &[
            ("a.txt", "Upload failures\n\nOn «Monday, 4 June 2024 at 10:00 UTC» uploads failed.\n"),
            ("a.md", "# Upload failures\n\n**Start:** «Sunday, May 3, 2024, 10:00 UTC»\n**End:** Friday, May 3, 2024, 11:00 UTC\n"),
            ("a.md", "# Upload failures\n\n## Timeline\n\n- «Wed 2024-06-04 10:00 UTC» uploads fail\n- 10:45 UTC uploads restored\n"),
        ],
        quiet: &[
            ("a.txt", "Upload failures\n\nOn Tuesday, 4 June 2024 at 10:00 UTC uploads failed.\n"),
            ("a.txt", "Upload failures\n\nOn 4 June 2024 at 10:00 UTC uploads failed. Backups run on Monday.\n"),
            ("a.md", "# Upload failures\n\nOn Tue, 4 Jun 2024 10:00 UTC uploads failed, not on Wed.\n"),
        ],
    },
    Row {
        code: Code::YearInferred,
        raised: &[
            ("a.txt", "Feeds late on 12 August 2023\n\nBetween 09:10 and «09:55 UTC on 12 August», feeds were delayed for customers.\n"),
            (
                "a.txt",
                "Feeds late\nIncident Report for Quillpost\n\nResolved\nFeeds were delayed from 09:10 to «09:55 UTC on Aug 12».\nPosted Aug 12, 2023 - 10:40 UTC\n",
            ),
            (
                "a.md",
                "# Feeds late\n\nPublished: 2023-08-14\n\n## Timeline\n\n- «12 Aug, 09:10 UTC» feeds late\n- 12 Aug, 09:55 UTC restored\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feeds late\n\nBetween 09:10 and 09:55 UTC on 12 August 2023, feeds were delayed for customers.\n"),
            ("a.txt", "Feeds late\n\nOn 12 August '23 at 09:10 UTC feeds were delayed. They may recover, an august institution said.\n"),
            ("a.md", "# Feeds late\n\n- 2023-08-12 09:10 UTC feeds late\n- 09:55 UTC restored\n"),
        ],
    },
];
