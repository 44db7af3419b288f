//! What is known about calls, see in their traces.

use native_trace::{Entry, Language, Outcome, Request, Stage, Window};

use crate::fixture::{
    check_entered, check_sound, cold, has_frame, python, stages, trace, user_instructions, warm,
};

const ALL: [Stage; 8] = [
    Stage::LookUp,
    Stage::Choose,
    Stage::Jump,
    Stage::Enter,
    Stage::Unpack,
    Stage::Work,
    Stage::Wrap,
    Stage::Return,
];

#[test]
fn a_warm_call_goes_straight_from_the_loop_to_the_trampoline() {
    let trace = warm("import rusty", "rusty.add_one(41)");
    check_sound(&trace);
    assert_eq!(trace.window, Window::Opcodes);
    check_entered(
        &trace,
        &[
            "_PyEval_EvalFrameDefault",
            "fastcall_cfunction_with_keywords",
            "trampoline",
            "assume",
            "__pyfunction_add_one",
            "extract_arguments_fastcall",
            "PyLong_AsLong",
            "add_one",
            "into_pyobject",
            "PyLong_FromLong",
            "drop",
        ],
    );
    assert!(!has_frame(&trace, "PyObject_Vectorcall"), "the specialised bytecode needs no vectorcall");
    assert!(!trace.entered().any(|name| name.starts_with("PyGILState_")));
    assert_eq!(stages(&trace), ALL);
    assert!(user_instructions(&trace) > 0);
    assert_eq!(trace.opcodes.last().map(|opcode| opcode.name.as_str()), Some("POP_TOP"));
    assert!(trace.opcodes.iter().any(|opcode| opcode.name.contains("BUILTIN_FAST_WITH_KEYWORDS")));
    assert!(trace.objects.iter().any(|object| object.value.as_deref() == Some("42")));
}

#[test]
fn a_cold_call_has_to_choose() {
    let trace = cold("import rusty", "rusty.add_one(41)");
    check_sound(&trace);
    check_entered(&trace, &["PyObject_Vectorcall", "cfunction_vectorcall_FASTCALL_KEYWORDS", "trampoline"]);
    assert_eq!(stages(&trace), ALL);
}

#[test]
fn a_large_result_is_allocated() {
    let trace = warm("import rusty", "rusty.add_one(2**40)");
    check_sound(&trace);
    check_entered(&trace, &["__pyfunction_add_one", "PyLong_FromLong", "_PyLong_New"]);
    assert_eq!(stages(&trace), ALL);
}

#[test]
fn an_exception_leaves_the_window_raised() {
    let trace = warm("import rusty", "rusty.checked(-1)");
    check_sound(&trace);
    assert_eq!((trace.outcome, trace.window), (Outcome::Raised, Window::Opcodes));
    check_entered(&trace, &["__pyfunction_checked", "PyTraceBack_Here"]);
    assert_eq!(stages(&trace), ALL);
}

#[test]
fn a_panic_unwinds_into_the_trampoline() {
    let trace = warm("import rusty", "rusty.panics(0)");
    check_sound(&trace);
    assert_eq!(trace.outcome, Outcome::Raised);
    check_entered(&trace, &["panics", "_Unwind_RaiseException", "from_panic_payload"]);
    let payload = trace.entered().position(|name| name.ends_with("from_panic_payload")).unwrap();
    let depths = trace.depths();
    assert!(depths[payload] < *depths.iter().max().unwrap(), "the frames of the panic are gone by then");
    assert_eq!(stages(&trace), ALL);
}

#[test]
fn a_callback_runs_a_second_loop_inside_of_the_work() {
    let trace = warm("import rusty\nf = lambda x: x + 1", "rusty.call_back(f, 1)");
    check_sound(&trace);
    check_entered(&trace, &["call_back", "_PyFunction_Vectorcall", "_PyEval_EvalFrameDefault"]);
    let inner = trace.opcodes.iter().find(|opcode| opcode.node != 0).expect("the callback's bytecodes");
    let work = trace.stages.iter().find(|span| span.stage == Stage::Work).unwrap();
    assert!((work.at..work.at + work.instructions).contains(&inner.at));
}

#[test]
fn a_method_and_a_keyword_call_have_all_stages() {
    for (setup, statement) in [
        ("import rusty\nc = rusty.Counter(1)", "c.plus(1)"),
        ("import rusty", "rusty.add_one(x=41)"),
        ("import rusty", "rusty.add_n(41, n=3, scale=2)"),
    ] {
        let trace = warm(setup, statement);
        check_sound(&trace);
        assert_eq!(stages(&trace), ALL, "{statement}");
    }
}

#[test]
fn a_builtin_has_neither_trampoline_nor_wrapper() {
    let trace = warm("", "abs(-41)");
    check_sound(&trace);
    assert_eq!(
        stages(&trace),
        [Stage::LookUp, Stage::Choose, Stage::Jump, Stage::Work, Stage::Wrap, Stage::Return]
    );
    let builtin =
        (0..).zip(&trace.nodes).find(|(at, _)| trace.name(*at) == "PyNumber_Absolute").expect("abs");
    assert_eq!(builtin.1.entry, Entry::Tail, "builtin_abs jumps to it");
    assert_eq!(trace.figures().languages.get(&Language::User), None);
}

#[test]
fn a_function_of_python_is_called_without_a_door() {
    for execution in [1, Request::WARM] {
        let trace = trace(&Request {
            setup: "def f(x): return x + 1".into(),
            execution,
            ..Request::warm(python(), "f(41)")
        });
        check_sound(&trace);
        assert_eq!(stages(&trace), [Stage::LookUp, Stage::Choose, Stage::Work, Stage::Return]);
        let opcode =
            |start: &str| trace.opcodes.iter().find(|opcode| opcode.name.starts_with(start)).unwrap().at;
        assert_eq!((trace.stages[2].at, trace.stages[3].at), (opcode("RESUME"), opcode("RETURN_VALUE")));
    }
}

#[test]
fn two_traces_of_one_call_are_equal() {
    let first = cold("import rusty", "rusty.add_one(41)");
    assert_eq!(first, cold("import rusty", "rusty.add_one(41)"));
    assert_eq!(native_trace::compare(&first, &first), []);
}
