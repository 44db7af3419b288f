//! The builds of the extension that are kept: a build that nobody can go over to is removed from the disk.

use std::{path::PathBuf, sync::Arc};

use super::{effect::Effect, refusal::Refusal};
use crate::{
    extension::LiveBuild,
    protocol::{Build, Change},
};

/// Owns the build in use, the one before it and the one on offer.
pub struct Builds {
    installed: Build,
    current: KnownBuild,
    previous: Option<KnownBuild>,
    offered: Option<LiveBuild>,
}

/// A build that sessions import.
enum KnownBuild {
    /// The one that `make` installed.
    Installed,
    /// One that was made during the talk. A trace that is under way needs its sources for longer than the session does.
    Made(Arc<LiveBuild>),
}

impl Builds {
    /// The installed one is in use.
    pub fn new(installed: Build) -> Self {
        Self { installed, current: KnownBuild::Installed, previous: None, offered: None }
    }

    /// The folder that sessions import from first, if there is one.
    pub fn packages(&self) -> Option<PathBuf> {
        self.live().map(|live| live.packages())
    }

    /// The build in use, if it was made during the talk.
    pub fn live(&self) -> Option<&Arc<LiveBuild>> {
        match &self.current {
            KnownBuild::Installed => None,
            KnownBuild::Made(live) => Some(live),
        }
    }

    /// Goes over to another build, and keeps the one before it.
    pub fn switch_to(&mut self, live: LiveBuild) {
        let next = KnownBuild::Made(Arc::new(live));
        self.previous = Some(std::mem::replace(&mut self.current, next));
        self.offered = None;
    }

    /// Keeps a build until the speaker decides; the session goes on with the old one.
    pub fn offer(&mut self, live: LiveBuild) -> Effect {
        let build = Some(live.build().clone());
        self.offered = Some(live);
        Change::Offered { build }.into()
    }

    /// Goes over to the build on offer, if it is still this one.
    pub fn accept(&mut self, build: &Build) -> Result<Effect, Refusal> {
        let live = self.offered.take_if(|live| live.build() == build);
        self.switch_to(live.ok_or(Refusal::NotOnOffer(build.number))?);
        Ok(Effect::Restart)
    }

    /// Changes places with the build before this one; asked for again, it returns.
    pub fn go_back(&mut self) -> Result<Effect, Refusal> {
        let previous = self.previous.as_mut().ok_or(Refusal::NoBuildBefore)?;
        std::mem::swap(previous, &mut self.current);
        Ok(Effect::Restart)
    }

    /// A fresh session imports the build in use. Every result is stale, but that of the cell whose rebuild it is.
    pub fn restarted(&self, rebuilt: Option<String>) -> Vec<Effect> {
        let (build, previous) = (self.said(&self.current), self.previous.as_ref().map(|old| self.said(old)));
        let mut effects = vec![Change::Restarted { build, previous, rebuilt }.into()];
        // A restart takes the interpreter back, not the offer.
        if let Some(offered) = &self.offered {
            effects.push(Change::Offered { build: Some(offered.build().clone()) }.into());
        }
        effects
    }

    /// A build, as the stage names it.
    fn said(&self, known: &KnownBuild) -> Build {
        match known {
            KnownBuild::Installed => self.installed.clone(),
            KnownBuild::Made(live) => live.build().clone(),
        }
    }
}
