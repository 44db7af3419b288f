//! `deck demo`.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use native_trace::{
    Trace,
    format::{Options, tree},
};

use super::{ProjectArgs, report};
use crate::{
    diagnostic::Diagnostic,
    kernel::Kernel,
    model::{Cell, Chapter, Deck, Slide, Xray},
    player::{Blocked, Played, Player},
    project::{self, Project},
    recording::faults,
    replay::xray_setup,
    terminal::{self, DIM, FAILED, GOOD, Painted, RunView},
    tracer::{TraceRequest, TraceSource, Tracer},
    verification::Imports,
    xray::{TraceRecordings, temperature},
};

/// Run the talk's live cells here, in the terminal.
///
/// The cells are those of the slides, in the order of the talk, and run in one interpreter, as they do on stage: what one
/// cell defines the next one uses. X-rays are traced where that is possible, and shown as they were recorded elsewhere. The exit code is 1 if a cell fails that should not, or does not fail that should.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    project: ProjectArgs,
    /// Only the cells and X-rays of this chapter, by number.
    #[arg(long, value_name = "NUMBER")]
    chapter: Option<u32>,
    /// Only this cell or X-ray; what it needs is run first, without being shown.
    #[arg(long, value_name = "ID")]
    cell: Option<String>,
    /// Wait for the Enter key before each cell.
    #[arg(long)]
    step: bool,
    /// Write no colours, even on a terminal.
    #[arg(long)]
    plain: bool,
}

/// Runs the demo.
///
/// # Errors
/// If there is no interpreter, or nothing to run.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.plain {
        anstream::ColorChoice::Never.write_global();
    }
    let (project, deck) = match read(&args.project) {
        Ok(read) => read,
        Err(errors) => return Ok(report(&errors)),
    };
    let cells = selected(&deck, args)?;
    let kernel = Kernel::start(&project.python)?;
    let imports = Imports::new(&deck, &project)?;
    let player = Player::new(&deck, Arc::new(kernel), imports.folders.clone());
    let recordings = match TraceRecordings::read(&project.root) {
        Ok(recordings) => recordings,
        Err(errors) => return Ok(report(&errors)),
    };
    let tracer = Tracer::of(&project)?;
    let (failed, total) = (Vec::new(), cells.len());
    let mut demo = Demo { args, project: &project, deck: &deck, player, tracer, recordings, failed, total };
    let start = Instant::now();
    let result = demo.play(&cells, &mut anstream::stdout());
    match result {
        // The reader went away, e.g. `deck demo | head`: there is nobody left to tell.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error),
        Ok(()) => Ok(demo.summary(start.elapsed().as_secs_f64())),
    }
}

fn read(args: &ProjectArgs) -> Result<(Project, Deck), Vec<Diagnostic>> {
    let project = args.open()?;
    let deck = project::load(&project.files(), None)?;
    Ok((project, deck))
}

/// A cell, and where it stands.
type Located<'a> = (&'a Chapter, &'a Slide, &'a Cell);

fn selected<'a>(deck: &'a Deck, args: &Args) -> anyhow::Result<Vec<Located<'a>>> {
    let slides = deck.chapters.iter().flat_map(|chapter| chapter.slides.iter().map(move |it| (chapter, it)));
    let all = slides.flat_map(|(chapter, slide)| slide.cells().map(move |cell| (chapter, slide, cell)));
    let all: Vec<_> = all.filter(|(_, _, cell)| cell.needs_interpreter()).collect();
    let wanted = |(chapter, _, cell): &&Located| {
        args.chapter.is_none_or(|number| number == chapter.number)
            && args.cell.as_ref().is_none_or(|id| *id == cell.id)
    };
    let cells: Vec<_> = all.iter().filter(wanted).copied().collect();
    if cells.is_empty() {
        let ids: Vec<_> = all.iter().map(|(_, _, cell)| cell.id.as_str()).collect();
        anyhow::bail!("no cell fits; the deck has: {}", ids.join(", "));
    }
    Ok(cells)
}

struct Demo<'a> {
    args: &'a Args,
    project: &'a Project,
    deck: &'a Deck,
    player: Player<'a>,
    tracer: Tracer,
    recordings: TraceRecordings,
    failed: Vec<String>,
    total: usize,
}

impl Demo<'_> {
    fn play(&mut self, cells: &[Located], out: &mut dyn Write) -> anyhow::Result<()> {
        let mut shown: (u32, &str) = (0, "");
        for (number, (chapter, slide, cell)) in (1..).zip(cells) {
            if shown.0 != chapter.number {
                terminal::chapter(out, chapter)?;
            }
            if shown.1 != slide.id {
                terminal::slide(out, chapter, slide)?;
            }
            shown = (chapter.number, &slide.id);
            terminal::code(out, &cell.id, &cell.snippet, number, self.total)?;
            self.wait(out)?;
            match cell.xray() {
                Some(xray) => self.xray(cell, xray, out)?,
                None => self.cell(cell, out)?,
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut view = RunView::new(out);
        let mut written = Ok(());
        let played = self.player.play(cell, &mut |event| {
            if written.is_ok() {
                written = view.show(&event);
            }
        })?;
        written?;
        let good = match &played {
            Played::Ran(outcome) => faults(cell, &outcome.events).is_empty(),
            Played::Blocked(Blocked { by, .. }) => {
                writeln!(
                    out,
                    "  {}\n",
                    Painted(FAILED, format!("not run: `{}`, which it needs, failed", by))
                )?;
                false
            }
        };
        if !good {
            self.failed.push(format!("{} ({})", cell.id, cell.snippet.place.label()));
        }
        Ok(())
    }

    /// Traces an X-ray here; where that cannot be done, shows what was recorded, and says so.
    fn xray(&mut self, cell: &Cell, xray: &Xray, out: &mut dyn Write) -> anyhow::Result<()> {
        let (trace, source) = match (self.trace(cell, xray), self.recordings.base(&cell.id)) {
            (Ok(trace), _) => {
                let source = format!("traced here, {}", temperature(&trace));
                (trace, source)
            }
            (Err(why), Some(recording)) => {
                let source = format!("not traced here: {why}\n  {}", recording.label());
                (recording.trace.clone(), source)
            }
            (Err(why), None) => {
                writeln!(out, "  {}\n", Painted(FAILED, format!("not traced: {why}")))?;
                self.failed.push(format!("{} ({})", cell.id, cell.snippet.place.label()));
                return Ok(());
            }
        };
        writeln!(out, "{}", tree(&trace, Options { colour: true, ..Options::default() }))?;
        writeln!(out, "  {}\n", Painted(DIM, source))?;
        Ok(())
    }

    /// A build that is not installed is made by `deck record`, not in a demo.
    fn trace(&self, cell: &Cell, xray: &Xray) -> Result<Trace, String> {
        if let Some(profile) = xray.build.profile() {
            return Err(format!(
                "it shows a build with the profile `{profile}`, which is not the installed one"
            ));
        }
        self.tracer.trace(&TraceRequest {
            statement: cell.snippet.statement().to_owned(),
            setup: Some(xray_setup(self.deck, cell)),
            execution: xray.execution,
            imports: self.project.imports(),
            ..TraceRequest::default()
        })
    }

    fn wait(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.args.step && io::stdin().is_terminal() {
            write!(out, "  {}", Painted(DIM, "Enter runs it "))?;
            out.flush()?;
            io::stdin().lock().read_line(&mut String::new())?;
        }
        Ok(())
    }

    fn summary(&self, seconds: f64) -> ExitCode {
        let time = terminal::seconds(seconds);
        if self.failed.is_empty() {
            let line = format!("All {} cells and X-rays ran as they should", self.total);
            anstream::println!("{} {}", Painted(GOOD, line), Painted(DIM, format!("in {time}.")));
            return ExitCode::SUCCESS;
        }
        let line = format!("{} of {} cells and X-rays failed:", self.failed.len(), self.total);
        anstream::println!("{}\n  {}", Painted(FAILED, line), self.failed.join("\n  "));
        ExitCode::FAILURE
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
