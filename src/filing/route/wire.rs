//! How the rules of filing travel from the generator to the app. Both are built from the same source, so it may change.

use crate::bytes::wire::{Bytes, Wire, wire_enum, wire_struct};

use super::{
    Always, Branch, Code, Condition, Contact, Elsewhere, FiledAs, FilingAnswers, FilingStep, LetterBy, NotedPlace,
    Person, Question, QuestionKind, QuestionOption, Route, Routes, Supervisor, Unclear, When,
};

wire_struct! {
    Routes { clauses, questions, rows, supervisors, codes, steps, contacts, places, always, elsewhere, known }
    Question { id, kind, name, text, hint, clause, asked, options, readings, together }
    QuestionOption { id, label, hint }
    When { 0 }
    Condition { question, options }
    Branch {
        id, when, route, unclear, candidates, filed_as, code, rubrics, contacts, steps, clauses, readings
    }
    FiledAs { id, label }
    Unclear { say, ask }
    Supervisor { id, when, by, clauses, readings }
    Code { id, name, letter, letter_by, tenth, clause, readings }
    FilingStep { id, text, clause, readings }
    Contact { id, name, as_of, clause, people, place }
    Person { name, phone }
    NotedPlace { names, readings }
    Always { clauses, readings, steps }
    Elsewhere { text, clause, readings }
}

wire_enum! {
    QuestionKind { 0 One {} 1 Many {} 2 YesNo {} 3 Place {} 4 Places {} }
    Route { 0 Unclear {} 1 Provincial {} 2 Local {} 3 ProvincialOnLocalRecommendation {} }
    LetterBy { 0 Inferred {} 1 Printed {} }
}

impl Wire for FilingAnswers {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    fn read(from: &mut Bytes<'_>) -> FilingAnswers {
        FilingAnswers(Wire::read(from))
    }
}
