//! What is read of objects on the way.

use native_trace::{Place, Reading, Request};

use crate::fixture::{log, python, stripped_python, warm};

fn values(readings: &[Reading], place: Place) -> Vec<(&str, &str)> {
    let here = readings.iter().filter(|reading| reading.place == place);
    here.filter_map(|reading| Some((reading.object.type_name.as_str(), reading.object.value.as_deref()?)))
        .collect()
}

#[track_caller]
fn check_abs(python: std::path::PathBuf) {
    let log = log(&Request { python, ..warm("abs(-41)") });
    let passed = values(&log.readings, Place::Register(1));
    assert!(passed.contains(&("int", "-41")), "the second argument of abs(module, number): {passed:?}");
    let results = values(&log.readings, Place::Result);
    assert!(results.contains(&("int", "41")), "{results:?}");
    assert!(log.readings.is_sorted_by_key(|reading| reading.step));
}

#[test]
fn arguments_and_results_have_types_and_values() {
    check_abs(python());
    if let Some(python) = stripped_python() {
        check_abs(python);
    }
}

#[test]
fn elements_of_a_fast_call_are_read() {
    let log = log(&warm("divmod(41, -7)"));
    assert!(values(&log.readings, Place::Element(0)).contains(&("int", "41")));
    assert!(values(&log.readings, Place::Element(1)).contains(&("int", "-7")));
}

#[test]
fn a_reference_count_is_that_of_the_moment() {
    let log = log(&Request { setup: "thing = [[]]".into(), ..warm("len(thing)") });
    let list = log.readings.iter().find(|reading| reading.object.type_name == "list").unwrap();
    // The module's dictionary holds it, and the interpreter's stack does during the call.
    assert_eq!(list.object.references, Some(2));
}

#[test]
fn the_flood_of_a_long_statement_is_cut() {
    let log = log(&warm("[divmod(n, 7) for n in range(150)]"));
    assert!((2_000..2_020).contains(&log.readings.len()), "{}", log.readings.len());
}
