//! A recorded call with all that its fold asks about addresses: no binary is needed to fold it again, nor this machine.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    Call, Ending, Function, Language, PythonFacts, Reading, Step, StepLog, Trace, TracedModule, fold,
    symbols::{Branch, Frame, Place, SymbolTable},
};

/// The steps of a statement. Addresses are numbered in the order in which they are first executed, and most numbers are
/// kept as differences from the one before: they are small then.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stream {
    call: Call,
    python: PythonFacts,
    ending: Ending,
    signals: Vec<(usize, i32)>,
    readings: Vec<Reading>,
    modules: Vec<TracedModule>,
    compilers: Vec<String>,
    pyo3: Option<String>,
    functions: Vec<FunctionRow>,
    places: Vec<PlaceRow>,
    /// By number: how far the address is from the one before.
    addresses: Vec<i64>,
    /// By number: index into the places.
    place: Vec<usize>,
    /// Numbers of addresses where a bytecode begins.
    opcodes: Vec<(usize, String)>,
    branches: Vec<(usize, Branch)>,
    /// By step: how far its number is from the one before.
    steps: Vec<i64>,
    /// By step: how far the stack pointer is from the one before.
    stack: Vec<i64>,
}

/// Name, module, language, file, line.
type FunctionRow = (String, u32, Language, Option<String>, Option<u32>);

/// The body, then function and line of each frame.
type PlaceRow = (u32, Vec<(u32, Option<u32>)>);

impl Stream {
    pub fn of(log: &StepLog, symbols: SymbolTable, call: Call, python: PythonFacts) -> Self {
        let window = log.statement();
        let steps = &log.steps[window.clone()];
        let mut addresses: Vec<u64> = Vec::new();
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        let mut walked = Vec::new();
        for step in steps {
            walked.push(*numbers.entry(step.pc).or_insert_with(|| {
                addresses.push(step.pc);
                addresses.len() - 1
            }) as u64);
        }
        let mut places: Vec<PlaceRow> = Vec::new();
        let mut place = Vec::new();
        for pc in &addresses {
            let here = place_row(&symbols.places[pc], &symbols.functions);
            place.push(places.iter().position(|place| *place == here).unwrap_or_else(|| {
                places.push(here);
                places.len() - 1
            }));
        }
        let numbered = || addresses.iter().enumerate();
        let readings = log.readings.iter().filter(|reading| window.contains(&reading.step));
        let signals = log.signals.iter().filter(|(at, _)| window.contains(at));
        Self {
            call,
            python,
            ending: log.ending,
            signals: signals.map(|(at, signal)| (at - window.start, *signal)).collect(),
            readings: readings
                .map(|reading| Reading { step: reading.step - window.start, ..reading.clone() })
                .collect(),
            opcodes: numbered().filter_map(|(at, pc)| Some((at, symbols.opcodes.get(pc)?.clone()))).collect(),
            branches: numbered().filter_map(|(at, pc)| Some((at, *symbols.branches.get(pc)?))).collect(),
            modules: symbols.modules,
            compilers: symbols.compilers,
            pyo3: symbols.pyo3,
            functions: symbols.functions.into_iter().map(function_row).collect(),
            places,
            place,
            steps: differences(walked),
            stack: differences(steps.iter().map(|step| step.sp)),
            addresses: differences(addresses),
        }
    }

    pub fn fold(self) -> Trace {
        let addresses = sums(&self.addresses);
        let at = |number: usize| addresses[number];
        let steps = sums(&self.steps).into_iter().zip(sums(&self.stack));
        let places = self.place.iter().map(|row| place(&self.places[*row]));
        let symbols = SymbolTable {
            modules: self.modules,
            compilers: self.compilers,
            pyo3: self.pyo3,
            functions: self.functions.into_iter().map(function).collect(),
            places: addresses.iter().copied().zip(places).collect(),
            opcodes: self.opcodes.into_iter().map(|(number, name)| (at(number), name)).collect(),
            branches: self.branches.into_iter().map(|(number, branch)| (at(number), branch)).collect(),
            nowhere: Place { body: u32::MAX, frames: Vec::new() },
        };
        let log = StepLog {
            steps: steps.map(|(number, sp)| Step { pc: at(number as usize), sp }).collect(),
            readings: self.readings,
            signals: self.signals,
            modules: Vec::new(),
            ending: self.ending,
        };
        fold::named(&log, self.call, self.python, symbols)
    }
}

/// Without what the fold does not ask for: the line of the innermost frame, unless it is the author's.
fn place_row(place: &Place, functions: &[Function]) -> PlaceRow {
    let last = place.frames.len() - 1;
    let is_asked =
        |at: usize, frame: &Frame| at < last || functions[frame.function as usize].language == Language::User;
    let frames = place.frames.iter().enumerate();
    let rows = frames.map(|(at, frame)| (frame.function, frame.line.filter(|_| is_asked(at, frame))));
    (place.body, rows.collect())
}

fn place((body, frames): &PlaceRow) -> Place {
    let frames = frames.iter().map(|(function, line)| Frame { function: *function, line: *line });
    Place { body: *body, frames: frames.collect() }
}

fn function_row(Function { name, module, language, file, line }: Function) -> FunctionRow {
    (name, module, language, file, line)
}

fn function((name, module, language, file, line): FunctionRow) -> Function {
    Function { name, module, language, file, line }
}

fn differences(numbers: impl IntoIterator<Item = u64>) -> Vec<i64> {
    let mut last = 0;
    let difference = |number: u64| number.wrapping_sub(std::mem::replace(&mut last, number)).cast_signed();
    numbers.into_iter().map(difference).collect()
}

fn sums(differences: &[i64]) -> Vec<u64> {
    let mut sum = 0_u64;
    let next = |difference: &i64| {
        sum = sum.wrapping_add_signed(*difference);
        sum
    };
    differences.iter().map(next).collect()
}
