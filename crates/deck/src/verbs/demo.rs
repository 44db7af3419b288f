//! `deck demo`.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    process::ExitCode,
    time::Instant,
};

use super::{Project, report};
use crate::{
    kernel::Kernel,
    model::{Cell, Chapter, Deck, Slide},
    player::{Played, Player},
    project,
    recording::faults,
    terminal::{self, DIM, FAILED, GOOD, Painted, RunView},
};

/// Run the talk's live cells here, in the terminal.
///
/// The cells are those of the slides, in the order of the talk, and run in one interpreter, as they do on stage: what one
/// cell defines the next one uses. The exit code is 1 if a cell fails that should not, or does not fail that should.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    project: Project,
    /// Only the cells of this chapter, by number.
    #[arg(long, value_name = "NUMBER")]
    chapter: Option<u32>,
    /// Only this cell; what it needs is run first, without being shown.
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
    let deck = match project::load(&args.project.files(), None) {
        Ok(deck) => deck,
        Err(errors) => return Ok(report(&errors)),
    };
    let cells = selected(&deck, args)?;
    let kernel = Kernel::start(&args.project.python)?;
    let player = Player::new(&deck, &kernel, args.project.imports());
    let mut demo = Demo { args, player, failed: Vec::new(), total: cells.len() };
    let start = Instant::now();
    let result = demo.play(&cells, &mut anstream::stdout());
    match result {
        // The reader went away, e.g. `deck demo | head`: there is nobody left to tell.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error),
        Ok(()) => Ok(demo.summary(start.elapsed().as_secs_f64())),
    }
}

type Place<'a> = (&'a Chapter, &'a Slide, &'a Cell);

fn selected<'a>(deck: &'a Deck, args: &Args) -> anyhow::Result<Vec<Place<'a>>> {
    let all = deck.chapters.iter().flat_map(|chapter| {
        chapter.slides.iter().flat_map(move |slide| slide.cells().map(move |cell| (chapter, slide, cell)))
    });
    let wanted = |(chapter, _, cell): &Place| {
        args.chapter.is_none_or(|number| number == chapter.number)
            && args.cell.as_ref().is_none_or(|id| *id == cell.id)
    };
    let cells: Vec<_> = all.filter(wanted).collect();
    if cells.is_empty() {
        let ids: Vec<_> = deck.cells().map(|cell| cell.id.as_str()).collect();
        anyhow::bail!("no cell fits; the deck has: {}", ids.join(", "));
    }
    Ok(cells)
}

struct Demo<'a> {
    args: &'a Args,
    player: Player<'a>,
    failed: Vec<String>,
    total: usize,
}

impl Demo<'_> {
    fn play(&mut self, cells: &[Place], out: &mut dyn Write) -> anyhow::Result<()> {
        let mut shown: (u32, &str) = (0, "");
        for (number, (chapter, slide, cell)) in (1..).zip(cells) {
            if shown.0 != chapter.number {
                terminal::chapter(out, chapter)?;
            }
            if shown.1 != slide.id {
                terminal::slide(out, chapter, slide)?;
            }
            shown = (chapter.number, &slide.id);
            terminal::code(out, cell, number, self.total)?;
            self.wait(out)?;
            self.cell(cell, out)?;
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
            Played::Blocked { by, .. } => {
                writeln!(
                    out,
                    "  {}\n",
                    Painted(FAILED, format!("not run: `{}`, which it needs, failed", by.id))
                )?;
                false
            }
        };
        if !good {
            self.failed.push(format!("{} ({})", cell.id, cell.snippet.place.label()));
        }
        Ok(())
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
            let line = format!("All {} cells ran as they should", self.total);
            anstream::println!("{} {}", Painted(GOOD, line), Painted(DIM, format!("in {time}.")));
            return ExitCode::SUCCESS;
        }
        let line = format!("{} of {} cells failed:", self.failed.len(), self.total);
        anstream::println!("{}\n  {}", Painted(FAILED, line), self.failed.join("\n  "));
        ExitCode::FAILURE
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
