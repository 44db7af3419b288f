//! The help texts are documentation: every change of one is seen in review.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use clap::CommandFactory;
use deck::cli::Cli;

#[test]
fn every_verb_explains_itself() {
    let mut command = Cli::command().term_width(90);
    command.build();
    insta::assert_snapshot!("deck", command.render_long_help());
    let verbs: Vec<_> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for verb in verbs.iter().filter(|verb| *verb != "help") {
        let command = command.find_subcommand_mut(verb).unwrap().clone().term_width(90);
        insta::assert_snapshot!(verb.as_str(), command.clone().render_long_help());
    }
}

#[test]
fn every_argument_is_described() {
    let mut command = Cli::command();
    command.build();
    for verb in command.get_subcommands() {
        for argument in verb.get_arguments() {
            assert!(argument.get_help().is_some(), "`deck {} --{}`", verb.get_name(), argument.get_id());
        }
    }
}
