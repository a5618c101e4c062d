//! Two pages changed the open dossier: both are put together, with the steps that can be undone. Belongs to the part `join`.

use leptos::prelude::*;

use crate::app::address::{Address, SheetOf, StartStep};
use crate::app::browser;
use crate::dossier::{Clash, Listed, Merged, NotSaved, merge};

use super::{DossierKey, Saved, State};

impl State {
    /// Takes what another page saved into the open dossier, and what this page did into that.
    pub fn merge(self) {
        let Some(open) = self.open.get_untracked().filter(|it| !it.read_only) else { return };
        let Some(Listed::Good { envelope, base, .. }) = self.found(&open.id) else {
            return self.saved.set(Saved::Not(NotSaved::ChangedElsewhere));
        };
        if base.latest.revision < open.base.latest.revision {
            // the store went back in time: nobody wrote this after what is here
            self.open.update_untracked(|open| {
                if let Some(open) = open {
                    (open.base, open.unsaved) = (base, true);
                }
            });
            return self.flush();
        }
        let theirs = envelope.dossier;
        // the other page began with the last state before its own that was saved
        let known = open.known.iter().find(|it| it.0 < base.latest.revision).or(open.known.last());
        let Some((_, before)) = known.cloned() else {
            return self.saved.set(Saved::Not(NotSaved::ChangedElsewhere));
        };
        let Merged { dossier, clashes, renumbered } = merge(&before, &open.dossier, &theirs);
        // what is undone is what this page did, and never what the other one did
        self.history(|it| it.each(|step| *step = merge(&before, step, &theirs).dossier));
        let (both, asks) = (dossier != theirs, !clashes.is_empty());
        let new = clashes.into_iter().map(|it| (open.key, it));
        self.kept.with_value(|it| it.clashes.borrow_mut().extend(new));
        self.open.update(|open| {
            if let Some(open) = open {
                open.known.insert(0, (base.latest.revision, theirs));
                open.edits = open.edits.max(envelope.edits);
                (open.dossier, open.base, open.unsaved) = (dossier, base, both);
            }
        });
        if let Some(open) = self.open.get_untracked() {
            self.remember(&open.id, &open.base, &open.dossier);
        }
        self.step();
        if both {
            self.flush();
        } else {
            let words = if asks { Saved::Not(NotSaved::ChangedElsewhere) } else { Saved::At(browser::clock()) };
            self.saved.set(words);
        }
        if both && !asks {
            self.tell("另一个标签页也修改了这份自评，两边的修改已合并。".to_owned());
        }
        let address = self.address.get_untracked();
        let now = renumbered.iter().fold(address.clone(), |it, pair| of_other(it, &open.id, Some(*pair)));
        if now != address {
            self.visit(now);
        }
    }

    /// What of this dossier is to be chosen.
    pub fn to_choose(self, of: DossierKey) -> Vec<Clash> {
        self.kept
            .with_value(|kept| kept.clashes.borrow().iter().filter(|it| it.0 == of).map(|it| it.1.clone()).collect())
    }

    /// One was chosen: mine is written, theirs stands there already.
    pub fn choose(self, of: DossierKey, clash: &Clash, mine: bool) {
        if self.of_open() != of {
            return;
        }
        self.kept.with_value(|kept| kept.clashes.borrow_mut().retain(|it| it.0 != of || it.1 != *clash));
        if mine {
            self.edit(of, |it| clash.settle(it));
        }
        self.flush();
        // the question is gone also where nothing had to be written
        self.saved.set(match (self.clashes(), self.saved.get_untracked()) {
            (false, Saved::Not(NotSaved::ChangedElsewhere)) => Saved::At(browser::clock()),
            (_, other) => other,
        });
    }

    /// Neither is given up: what this page said becomes a copy, and the dossier is as the other page left it.
    pub fn keep_both(self, of: DossierKey) {
        let Some(open) = self.open.get_untracked().filter(|it| it.key == of) else { return };
        let mut copy = open.dossier.clone();
        self.to_choose(of).iter().for_each(|it| it.settle(&mut copy));
        copy.unit.push_str("（副本）");
        let before = self.address.get_untracked();
        if let Some(id) = self.create(vec![copy]) {
            self.kept.with_value(|kept| kept.clashes.borrow_mut().retain(|it| it.0 != of));
            self.visit(of_other(before, &id, None));
        }
    }
}

/// The same page of another dossier, or of a sheet that has another number now.
fn of_other(address: Address, id: &str, renumbered: Option<(u16, u16)>) -> Address {
    let id = id.to_owned();
    let sheet = |sheet: u16| renumbered.filter(|it| it.0 == sheet).map_or(sheet, |it| it.1);
    let of = |of: SheetOf| SheetOf { dossier: id.clone(), sheet: sheet(of.sheet) };
    match address {
        Address::Dossier(_) => Address::Dossier(Some(id)),
        Address::Scope(_) => Address::Scope(Some(id)),
        Address::Papers(_) => Address::Papers(Some(id)),
        Address::Compare(_) => Address::Compare(Some(id)),
        Address::Roster(_) => Address::Roster(Some(id)),
        Address::Evidence(_) => Address::Evidence(Some(id)),
        Address::Packet(_) => Address::Packet(Some(id)),
        Address::Start(kind, at) => Address::Start(kind, StartStep { dossier: Some(id), ..at }),
        Address::Share(_, one) => Address::Share(Some(id.clone()), one.map(sheet)),
        Address::Sheet(annex, Some(it)) => Address::Sheet(annex, Some(of(it))),
        Address::Form(annex, it) => Address::Form(annex, of(it)),
        Address::Plan(Some(it)) => Address::Plan(Some(of(it))),
        Address::Versions(Some(it)) => Address::Versions(Some(of(it))),
        other => other,
    }
}
