//! Files whose form is at fault.

use crate::Row;
use sevline::diagnostic::Code;

/// What a form leaves out, and what is no report's structure.
pub const ROWS: &[Row] = &[
    Row {
        code: Code::NoTimes,
        raised: &[
            ("a.txt", "Search was down\n\nCustomers could not search. We are sorry.\n"),
            ("a.md", "# Search was down\n\n## Root cause\n\nA full disk on 10.0.0.1, release v2.30.1, ratio 3:1.\n"),
            ("a.html", "<!DOCTYPE html><html><body><h1>Search was down</h1><p>Customers could not search.</p></body></html>"),
        ],
        quiet: &[
            ("a.txt", "Search was down on 3 May 2024\n\nOn 3 May 2024 customers could not search.\n"),
            ("a.md", "# Search was down\n\nCustomers could not search from 10:15 UTC.\n"),
        ],
    },
    Row {
        code: Code::TextReplaced,
        raised: &[
            ("a.txt", "Café kiosks – naïve restart\n\nOn 2 May 2024 at 10:15 UTC kiosks «\u{1}» failed – “all” of them.\n"),
            ("a.md", "# Übersicht – “Kiosk”\n\nEnde um 10:40 UTC am 2024-05-02, größer «\u{1}» als üblich.\n"),
            ("a.txt", "«\u{1}» “Kiosks” – “failed” – on 2 May 2024 at 10:15 UTC.\n"),
        ],
        quiet: &[
            ("a.txt", "Café kiosks – naïve restart\n\nOn 2 May 2024 at 10:15 UTC kiosks failed – “all” of them.\n"),
            ("a.txt", "Kiosks failed\n\nOn 2 May 2024 at 10:15 UTC the screen showed the sign \u{fffd}.\n"),
        ],
    },
    Row {
        code: Code::SeveralIncidents,
        raised: &[
            (
                "a.md",
                "# June\n\n## «June 4, 2024 - search»\n\nThe service was slow for everybody who tried to use it, because a cache had been emptied by mistake and took its time to fill again.\n\n## June 9, 2024 - mail\n\nThe service was slow for everybody who tried to use it, because a cache had been emptied by mistake and took its time to fill again.\n",
            ),
            (
                "a.md",
                "# Search failed\n\n## «The first try on 4 June 2024»\n\nIt failed.\n\n## The second try on 9 June 2024\n\nIt failed.\n",
            ),
            (
                "a.md",
                "# Search failed twice\n\nIt was bad.\n\n### «4 June 2024: a full disk»\n\nShort.\n\n### 9 June 2024: again\n\nShort.\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "# Search failed\n\n## Timeline\n\n### 4 June 2024, the start\n\n- 10:00 down\n\n### 5 June 2024, the end\n\n- 10:00 up\n",
            ),
            ("a.md", "# Search failed\n\n## Impact on 4 June 2024\n\nIt failed.\n\n## Cause\n\nA disk.\n"),
            (
                "a.md",
                "# Log\n\n## Outage on 4 June 2024\n\n- Cause: a disk\n- Lost: 2 orders\n\n## Outage on 9 June 2024\n\n- Cause: a cable\n- Lost: 9 orders\n",
            ),
        ],
    },
    Row {
        code: Code::UnknownSeverity,
        raised: &[
            ("a.txt", "Search was down\n\nSeverity: «Purple»\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.md", "---\ntitle: Search was down\nseverity: «dragon class»\n---\n\nOn 3 May 2024 at 10:15 UTC search failed.\n"),
            ("a.md", "# Search was down\n\n| Field | Value |\n|---|---|\n| Priority | «Spicy» |\n| Start | 2024-05-03 10:15 UTC |\n"),
        ],
        quiet: &[
            ("a.txt", "Search was down\n\nSeverity: SEV-2\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.txt", "Search was down\n\nSeverity: TBD\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.md", "# Search was down\n\nThe severity of the storm was purple. At 10:15 UTC on 3 May 2024 search failed.\n"),
        ],
    },
    Row {
        code: Code::UnreadableReport,
        raised: &[
            ("a.json", "{\"incidents\": [\n{\"id\": «»}]}"),
            ("a.json", "{\"incidents\": [{\"id\": \"x\", \"incident_updates\": «»7}]}"),
            ("a.json", "{\"page\": {\"name\": «»}}"),
        ],
        quiet: &[
            (
                "a.json",
                r#"{"page":{"name":"Quillpost"},"incidents":[{"id":"q1","name":"Logins fail","incident_updates":[{"status":"resolved","body":"Over.","created_at":"2025-03-03T10:10:00Z"}]}]}"#,
            ),
            ("a.txt", "The menu { logins } failed on 3 May 2024 at 10:15 UTC [all of them]\n"),
        ],
    },
    Row {
        code: Code::LanguageUnread,
        raised: &[
            ("a.txt", "Störung der Zahlungen\n\n«Am 04.05.2026 um 10:02 Uhr UTC fielen die Zahlungen für eine Stunde aus.»\n"),
            (
                "a.txt",
                "Logins fail\n\nLogins failed on 3 May 2024 from 10:15 UTC until 10:40 UTC for the customers of one region.\n\n«Le 3 mai 2024 à 12:15 les clients d'une région ne pouvaient pas se connecter avec le mot de passe.»\n",
            ),
            ("a.md", "# 決済の障害\n\n«2024-05-03 10:15 から 10:40 まで 決済が できません でした»\n"),
        ],
        quiet: &[
            ("a.txt", "Logins fail\n\nLogins failed on 3 May 2024 from 10:15 UTC until 10:40 UTC.\n"),
            ("a.txt", "Banco de Chile, Deutsche Bahn, Société Générale\n\n3 May 2024 10:15 UTC - 10:40 UTC\n"),
            (
                "a.txt",
                "Logins fail\n\nLogins failed on 3 May 2024 from 10:15 UTC until 10:40 UTC. “Rien ne va plus”, wrote a customer in Aix en Provence.\n",
            ),
        ],
    },
    Row {
        code: Code::UpdateWithoutStamp,
        raised: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nThis is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\n«Investigating»\nWe look at it.\n",
            ),
            (
                "a.json",
                r#"{"page":{"name":"Quillpost"},"incidents":[{"id":"q1","name":"Logins fail","incident_updates":[{"status":"resolved","body":"Over.","created_at":"2025-03-03T10:10:00Z"},{"status":"«investigating»","body":"We look at it.","created_at":null}]}]}"#,
            ),
            (
                "a.html",
                "<!DOCTYPE html><html><body><h1 class=\"incident-name impact-minor\">Logins fail</h1><p>Incident Report for Quillpost</p><h2>Resolved</h2><p>Over.</p><p>Posted Mar 03, 2025 - 10:10 UTC</p><h2>«Identified»</h2><p>We found it.</p></body></html>",
            ),
        ],
        quiet: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nThis is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nPostmortem\n\nInvestigating the logs took an hour.\nResolved at 10:05 UTC on 3 March 2025.\nPosted Mar 4, 2025 - 10:10 UTC\n",
            ),
        ],
    },
];
