use super::*;

/// The clauses of a sentence, with the owner and a mark of what is done.
fn clauses(sentence: &str) -> Vec<String> {
    let clause = |told: Told| {
        let owner = told.owner.map(|owner| format!("{owner}: ")).unwrap_or_default();
        format!("{}{owner}{}", if told.done { "done " } else { "" }, sentence.get(told.range).unwrap_or_default())
    };
    told(sentence).into_iter().map(clause).collect()
}

#[test]
fn who_means_to_do_what() {
    for (sentence, told) in [
        ("We'll add an alarm to the gate.", vec!["We'll add an alarm to the gate."]),
        ("In future we will knock first.", vec!["In future we will knock first."]),
        ("The yard team is going to move the lamp.", vec!["The yard team is going to move the lamp."]),
        ("Mara is looking at longer chains.", vec!["Mara: Mara is looking at longer chains."]),
        ("The office undertakes to replace keys without a tag.", vec!["The office undertakes to replace keys without a tag."]),
        ("Both hinges will be replaced by May.", vec!["Both hinges will be replaced by May."]),
        ("The lock is being replaced.", vec!["The lock is being replaced."]),
        ("We have decided to buy a second lock.", vec!["We have decided to buy a second lock."]),
        ("I have asked for a lamp.", vec!["I have asked for a lamp."]),
        ("We propose a grille over the drain.", vec!["We propose a grille over the drain."]),
        ("We have since added a lamp.", vec!["done We have since added a lamp."]),
        ("The bolt has since been exchanged.", vec!["done The bolt has since been exchanged."]),
        ("We are filing the bolts down.", vec!["We are filing the bolts down."]),
    ] {
        assert_eq!(clauses(sentence), told, "{sentence}");
    }
}

#[test]
fn a_sentence_holds_several() {
    for (sentence, told) in [
        (
            "We will add an alarm, and Ben is going to move the lamp by Friday.",
            vec!["We will add an alarm", "Ben: Ben is going to move the lamp by Friday."],
        ),
        ("We plan to raise the fence and replace both hinges.", vec!["We plan to raise the fence", "replace both hinges."]),
        (
            "We will (a) hold a register of keys, and (b) test it once a year.",
            vec!["We will (a) hold a register of keys", "test it once a year."],
        ),
        ("We will oil the hinge, and leave an old key by the door.", vec!["We will oil the hinge", "leave an old key by the door."]),
        ("We will (a) oil gates and (b) page the porter.", vec!["We will (a) oil gates", "page the porter."]),
        ("We will oil gates and doors in the yard.", vec!["We will oil gates and doors in the yard."]),
        ("We are adding lamps and replacing the lock.", vec!["We are adding lamps", "replacing the lock."]),
        ("We will add alarms on gate and door.", vec!["We will add alarms on gate and door."]),
        ("We will add a check, to reduce the noise.", vec!["We will add a check, to reduce the noise."]),
    ] {
        assert_eq!(clauses(sentence), told, "{sentence}");
    }
}

#[test]
fn what_is_no_work_against_recurrence() {
    for sentence in [
        "We will continue to watch the gate.",
        "We will post an update at noon.",
        "We will credit all who waited.",
        "We are investigating.",
        "We are looking into it.",
        "All gates have now recovered.",
        "We are working to fix the gate.",
        "We have now deployed a fix.",
        "The gate will be replaced tonight.",
        "This will prevent it from sticking.",
        "Customers will be moved to the other gate.",
        "Maintenance will begin on Monday.",
        "If it sticks we will replace it.",
        "Please restart your lamp.",
        "We will make several changes.",
        "The crew will implement measures so that it holds.",
        "The progress we are making is good.",
        "The gate was replaced.",
        "We oiled the gate and replaced the lock.",
        "Will you replace the gate?",
        "We will:",
    ] {
        assert_eq!(clauses(sentence), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn entries_that_tell_somebody_to() {
    for (entry, owner) in
        [("Add a lamp", None), ("Ana to check the limit", Some("Ana")), ("Yard team to replace the lock", Some("Yard team"))]
    {
        assert!(is_told_to(entry), "{entry}");
        assert_eq!(owner_to(entry).as_deref(), owner, "{entry}");
    }
    for entry in ["Access to the yard", "Added a lamp", "Changes to lamps were late", "Fix was late", "The lamp", "09:12 lamp out"] {
        assert!(!is_told_to(entry), "{entry}");
    }
}
