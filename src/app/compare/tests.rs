use super::*;
use crate::fixture;

fn comparison(align: Align) -> Comparison {
    let entries = fixture::entries();
    Comparison::of(entries.iter().enumerate().map(|(id, entry)| (id, entry.incident())), align)
}

#[test]
fn every_side_is_called_by_one_rule() {
    let comparison = comparison(Align::Start);
    let labels: Vec<_> = comparison.sides.iter().map(|side| (side.label(), side.note.as_str())).collect();
    assert_eq!(labels[1], ("B Relay service refuses messages twice".into(), "2023-10-04 · Wrenbury Relay"));
    assert_eq!(labels[3].1, "");
    let doubtful = fixture::doubtful().incident();
    let sides = Comparison::of([(0, doubtful.clone()), (1, doubtful)], Align::Start).sides;
    assert!(sides.iter().all(|side| side.name == "(?) A drill: all of the archive lost" && side.note == "2027-01-05 · Abbey Archive"));
}

#[test]
fn all_start_at_zero_when_aligned_at_the_start() {
    let comparison = comparison(Align::Start);
    let firsts = comparison.sides.iter().filter_map(|side| Some(side.scale.as_ref()?.place(side.lanes.impact.first()?.first()?.start?)));
    assert_eq!(firsts.collect::<Vec<_>>(), [0, 0, 0, 0]);
    assert!(comparison.sides.get(3).unwrap().scale.is_none());
}

#[test]
fn an_incident_without_the_moment_is_kept_and_named() {
    let silent = |align| comparison(align).without_moment();
    assert_eq!(silent(Align::Detection).as_deref(), Some("C and D do not tell when it was detected"));
    assert_eq!(silent(Align::Mitigation).as_deref(), Some("B, C, D and E do not tell when it was mitigated"));
    assert_eq!(silent(Align::Calendar).as_deref(), Some("D does not tell when it was"));
    assert_eq!(silent(Align::Stretched).as_deref(), Some("D does not tell how long it was"));
}

#[test]
fn only_alignments_that_somebody_knows_are_gone_through() {
    let freight = fixture::entries()[2].incident();
    let mut comparison = Comparison::of([(0, freight.clone()), (1, freight)], Align::Start);
    let mut seen = Vec::new();
    for _ in 0..4 {
        let next = comparison.align.next(|align| comparison.can_align(align));
        comparison.set_align(next);
        seen.push(comparison.align);
    }
    assert_eq!(seen, [Align::Calendar, Align::Stretched, Align::Start, Align::Calendar]);
}

#[test]
fn stretched_incidents_are_all_as_long() {
    let comparison = comparison(Align::Stretched);
    for side in &comparison.sides {
        let Some(scale) = &side.scale else { continue };
        let whole = scale.places(side.lanes.whole().unwrap());
        assert_eq!((whole.start, whole.end), (0, crate::app::scale::STRETCHED));
        assert!(comparison.range.unwrap().contains(0) && comparison.range.unwrap().contains(whole.end));
    }
}

#[test]
fn dead_time_between_incidents_can_be_left_out_of_the_calendar() {
    let mut comparison = comparison(Align::Calendar);
    let long = comparison.range.unwrap().length();
    comparison.set_compress(true);
    assert!(comparison.scale().break_count() >= 2 && comparison.range.unwrap().length() < long / 100);
    assert!(comparison.range.unwrap().contains(comparison.cursor));
    comparison.set_align(Align::Start);
    assert_eq!(comparison.scale().break_count(), 0);
}

#[test]
fn the_cursor_goes_through_the_events_of_all_and_stays_on_the_screen() {
    let mut comparison = comparison(Align::Start);
    assert_eq!(comparison.cursor, 0);
    let mut seen = Vec::new();
    while comparison.jump(true, false) {
        seen.push(comparison.cursor / 60_000);
        assert!(comparison.range.unwrap().contains(comparison.cursor));
    }
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]) && [3, 11, 23, 30, 47, 96].iter().all(|at| seen.contains(at)));
    while comparison.jump(false, true) {}
    comparison.fit();
    for columns in [7, -40, 300, 1, -1, -2000] {
        comparison.move_cursor(columns, 60);
        assert!(comparison.range.unwrap().contains(comparison.cursor), "{columns}");
    }
}

#[test]
fn what_an_incident_does_under_the_cursor_is_known() {
    let mut comparison = comparison(Align::Start);
    comparison.cursor = 25 * 60_000;
    let here = comparison.sides[0].here(comparison.cursor).unwrap();
    assert_eq!(here.running.iter().map(|bar| bar.label.as_str()).collect::<Vec<_>>(), ["partial outage", "investigating"]);
    assert_eq!((here.since(), here.until()), (Some(2.0), Some(5.0)));
    assert!(comparison.sides[3].here(0).is_none());
    assert!(!comparison.cites().is_empty());
}

#[test]
fn the_first_of_those_with_a_known_length_is_the_base() {
    let entries = fixture::entries();
    let base = |order: &[usize]| {
        let comparison = Comparison::of(order.iter().map(|&at| (at, entries[at].incident())), Align::Start);
        comparison.sides[comparison.base].id
    };
    // 0 began in 2025, 1 in 2023, 2 in 2026; of 3 no time is known, and 4 is open.
    assert_eq!([base(&[0, 1, 2]), base(&[2, 0]), base(&[0, 2]), base(&[4, 2]), base(&[3, 4])], [1, 0, 0, 2, 4]);
}

#[test]
fn why_and_what_ended_it_is_kept_once() {
    let mut incident = fixture::entries()[0].incident();
    let of = |incident: &Incident| reasons(incident).into_iter().map(|(label, _)| label).collect::<Vec<_>>();
    let cause = incident.root_cause.clone().unwrap();
    incident.resolution = Some(cause.clone());
    assert_eq!(of(&incident), ["cause"]);
    incident.resolution.as_mut().unwrap().value = "The switch was turned back.".into();
    assert_eq!(of(&incident), REASONS);
    incident.root_cause = None;
    assert_eq!(of(&incident), ["resolution"]);
}

#[test]
fn differences_need_both_values() {
    let mut comparison = comparison(Align::Start);
    comparison.base = 0;
    let of = |comparison: &Comparison, at: usize| {
        let side = comparison.sides.get(at).unwrap();
        Kind::METRICS.map(|kind| comparison.difference(side, kind).map(|by| by.minutes))
    };
    assert_eq!(of(&comparison, 0), [Some(0.0), Some(0.0), Some(0.0), None, Some(0.0), Some(0.0), Some(0.0), Some(0.0)]);
    assert_eq!(of(&comparison, 1), [Some(-35.0), Some(-3.0), Some(0.0), None, None, Some(-17.0), Some(20.0), Some(-12.0)]);
    assert_eq!(of(&comparison, 2), [Some(38.0), None, None, None, None, Some(38.0), None, None]);
    assert_eq!(comparison.largest(&comparison.sides[0]), None);
    comparison.base = 3;
    assert_eq!(of(&comparison, 0), [None; 8]);
    assert_eq!(comparison.sentence(), None);
}

#[test]
fn lengths_that_nobody_has_have_no_column() {
    let comparison = comparison(Align::Start);
    assert!(!comparison.kinds.contains(&Kind::Identify) && comparison.kinds.contains(&Kind::Restore));
    let freight = fixture::entries()[2].incident();
    let same = Comparison::of([(0, freight.clone()), (1, freight)], Align::Start);
    assert!(same.kinds.contains(&Kind::Impact) && !same.kinds.contains(&Kind::Restore));
}

#[test]
fn the_largest_difference_is_told_in_one_sentence() {
    let mut comparison = comparison(Align::Start);
    (comparison.page, comparison.base) = (Page::Numbers, 0);
    let text = |comparison: &Comparison, kind| comparison.difference(&comparison.sides[1], kind).unwrap().text();
    assert_eq!(text(&comparison, Kind::Impact), "−35m −74%");
    assert_eq!(text(&comparison, Kind::Detect), "−3m −100%");
    assert_eq!(text(&comparison, Kind::Acknowledge), "±0 ±0%");
    // What comes after the impact is never what is told, however long.
    assert_eq!(comparison.sentence().as_deref(), Some("C lasted 38m longer than A (1h25m against 47m)"));
    (comparison.selected, comparison.column) = (2, 2);
    assert_eq!(comparison.told().as_deref(), Some("The report of C does not tell the time to detect"));
    (comparison.selected, comparison.column) = (4, 1);
    assert_eq!(comparison.told().as_deref(), Some("The impact of E has no known end"));
    (comparison.base, comparison.selected) = (1, 0);
    assert_eq!(comparison.told().as_deref(), Some("A lasted 35m longer than B (47m against 12m)"));
}

#[test]
fn the_part_that_makes_most_of_a_difference_is_told_where_only_updates_tell_the_parts() {
    let mut relay = fixture::entries()[1].incident();
    let start = relay.impact.windows.first_mut().and_then(|window| window.start.as_mut()).unwrap();
    start.basis = crate::basis::Basis::Derived(crate::basis::Derivation::Updates);
    let later = |at: &mut crate::incident::Instant| *at += chrono::TimeDelta::minutes(120);
    relay.impact.windows.iter_mut().filter_map(|window| window.end.as_mut()).for_each(|end| later(&mut end.at));
    let mut slow = relay.clone();
    slow.impact.windows.iter_mut().filter_map(|window| window.end.as_mut()).for_each(|end| later(&mut end.at));
    slow.phases
        .iter_mut()
        .filter(|phase| phase.lane == crate::incident::Lane::Response)
        .filter_map(|phase| phase.end.as_mut())
        .for_each(later);
    let comparison = Comparison::of([(0, relay), (1, slow)], Align::Start);
    assert_eq!(
        comparison.sentence().as_deref(),
        Some("B lasted 2h longer than A (4h30m against 2h30m); ~3h45m investigating against ~1h45m makes most of it")
    );
}

#[test]
fn what_is_done_after_the_end_of_the_impact_makes_no_part_of_its_length() {
    let booking = fixture::entries()[0].incident();
    let mut slow = booking.clone();
    let later = |at: &mut crate::incident::Instant, minutes: i64| *at += chrono::TimeDelta::minutes(minutes);
    slow.impact.windows.iter_mut().filter_map(|window| window.end.as_mut()).for_each(|end| later(&mut end.at, 40));
    slow.milestones.detected.iter_mut().for_each(|edge| later(&mut edge.at, 12));
    slow.milestones.mitigated.iter_mut().for_each(|edge| later(&mut edge.at, 25));
    slow.milestones.resolved.iter_mut().for_each(|edge| later(&mut edge.at, 70));
    let comparison = Comparison::of([(0, booking), (1, slow)], Align::Start);
    assert_eq!(comparison.sentence().as_deref(), Some("B lasted 40m longer than A (1h27m against 47m)"));
}

#[test]
fn a_difference_is_told_where_it_came_about() {
    let booking = fixture::entries()[0].incident();
    let mut slow = booking.clone();
    let later = |at: &mut crate::incident::Instant, minutes: i64| *at += chrono::TimeDelta::minutes(minutes);
    slow.impact.windows.iter_mut().filter_map(|window| window.end.as_mut()).for_each(|end| later(&mut end.at, 500));
    slow.milestones.resolved.iter_mut().for_each(|edge| later(&mut edge.at, 500));
    let mut comparison = Comparison::of([(0, booking.clone()), (1, slow.clone())], Align::Start);
    let told = "B took 8h20m longer from mitigated to restored than A (8h37m against 17m, 30×)";
    assert_eq!(comparison.sentence().as_deref(), Some(told));
    comparison.base = 1;
    // Whichever is the base: it is told what took longer.
    assert_eq!(comparison.sentence().as_deref(), Some(told));
    // Spread over several parts it is told of the whole.
    slow.milestones.mitigated.iter_mut().for_each(|edge| later(&mut edge.at, 300));
    slow.milestones.detected.iter_mut().for_each(|edge| later(&mut edge.at, 200));
    let comparison = Comparison::of([(0, booking), (1, slow)], Align::Start);
    assert_eq!(comparison.sentence().as_deref(), Some("B lasted 8h20m longer than A (9h07m against 47m, 12×)"));
}
