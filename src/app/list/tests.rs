use super::*;
use crate::fixture;
use crate::query::column::Column;

fn rows() -> Vec<Indexed> {
    fixture::entries().into_iter().map(Indexed::new).collect()
}

#[test]
fn the_selection_stays_on_its_row_as_others_arrive() {
    let mut rows = rows();
    let late = rows.split_off(2);
    let mut list = List::default();
    list.add(rows);
    list.step(Step::Bottom);
    let chosen = list.selected_id();
    list.add(late);
    assert_eq!(list.selected_id(), chosen);
    list.set_order(Order { column: Column::Title, reversed: true });
    assert_eq!(list.selected_id(), chosen);
}

#[test]
fn an_untouched_selection_stays_at_the_top() {
    let mut list = List::default();
    for row in rows() {
        list.add([row]);
        assert_eq!(list.position(), 0);
    }
}

#[test]
fn a_filter_keeps_the_place_not_the_number_of_the_row() {
    let mut list = List::default();
    list.add(rows());
    list.set_order(Order { column: Column::Title, reversed: false });
    let title = |list: &List, id: RowId| format!("title=\"{}\"", list.rows[id].title());
    let all = list.visible.clone();
    for (at, &chosen) in all.iter().enumerate() {
        for (i, j) in (0..all.len()).flat_map(|i| (0..all.len()).map(move |j| (i, j))) {
            list.set_query(Query::default());
            list.select(chosen);
            list.set_query(Query::new(format!("{} OR {}", title(&list, all[i]), title(&list, all[j]))));
            let nearest = if j.abs_diff(at) < i.abs_diff(at) || j.abs_diff(at) == i.abs_diff(at) && j > i { j } else { i };
            assert_eq!(list.selected_id(), Some(all[nearest]), "{at} among {i} and {j}");
        }
    }
    list.set_query(Query::new("nothing has these words"));
    assert_eq!(list.selected_id(), None);
    list.set_query(Query::default());
    assert_eq!(list.selected_id(), all.last().copied());
}

#[test]
fn the_chosen_row_is_selected_again_once_the_filter_lets_it_through() {
    let mut list = List::default();
    list.add(rows());
    list.step(Step::Bottom);
    let chosen = list.selected_id();
    list.set_query(Query::new("sev:high"));
    assert_ne!(list.selected_id(), chosen);
    assert!(list.selected().is_some());
    list.set_query(Query::new("sev:high \"no report says this\""));
    assert!(list.selected().is_none());
    assert_eq!(list.relaxed(), [("\"no report says this\"".to_owned(), 2)]);
    list.set_query(Query::default());
    assert_eq!(list.selected_id(), chosen);
}

#[test]
fn what_is_doubtful_stands_last_and_is_counted_apart() {
    let mut list = List::default();
    list.add([Indexed::new(fixture::doubtful())]);
    list.add(rows());
    for column in Column::ALL {
        for reversed in [false, true] {
            list.set_order(Order { column: *column, reversed });
            assert_eq!(list.visible.last(), Some(&0), "{column:?}");
            assert_eq!((list.visible.len(), list.sure(), list.all_sure()), (6, 5, 5));
            assert_eq!(list.charted(), &list.visible[..5]);
        }
    }
    list.step(Step::Bottom);
    assert_eq!(list.selected_id(), Some(0));
    // The calendar does not have it, so the first step there leads to what it has.
    list.step_charted(Step::By(1));
    assert_eq!(list.position(), 4);
    for (query, visible, sure, charted) in
        [("sev:critical", 2, 1, 1), ("is:doubtful", 1, 0, 1), ("is:doubtful OR sev:critical", 2, 1, 2), ("-is:doubtful", 5, 5, 5)]
    {
        list.set_query(Query::new(query));
        assert_eq!((list.visible.len(), list.sure(), list.all_sure(), list.charted().len()), (visible, sure, 5, charted), "{query}");
    }
}

#[test]
fn what_is_marked_can_be_filtered_by_and_follows_the_marks() {
    let mut list = List::default();
    list.add(rows());
    list.toggle_mark();
    list.note_marks();
    list.set_query(Query::new("is:marked"));
    assert_eq!(list.visible, list.marks);
    list.set_query(Query::new("-is:marked"));
    list.toggle_mark();
    list.note_marks();
    assert_eq!((list.visible.len(), list.marks.len()), (list.rows.len() - 2, 2));
    list.marks.clear();
    list.note_marks();
    assert_eq!(list.visible.len(), list.rows.len());
}
