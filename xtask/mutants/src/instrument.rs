//! One source file with all of its mutants in it, each behind `crate::mutant::on(number)`.
//!
//! Whatever is added stands in a block with a label, `'m17: { … }`, so that an error of the compiler can be traced to it.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use proc_macro2::Span;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, Lifetime, Stmt, UnOp, parse_quote, parse_str};

use crate::list::{Mutant, Place};

/// The text of a file with these mutants in it, by number, and which of them it has.
pub fn instrumented(source: &str, mutants: &[(u32, &Mutant)]) -> Result<(String, HashSet<u32>)> {
    let mut file = syn::parse_file(source)?;
    let mut at: HashMap<(Place, &str), Vec<(u32, &Mutant)>> = HashMap::new();
    for it in mutants {
        at.entry((it.1.span.start, it.1.genre.as_str())).or_default().push(*it);
    }
    let mut laid = Laying { at, done: HashSet::new() };
    laid.visit_file_mut(&mut file);
    let text = file.to_token_stream().to_string();
    syn::parse_file(&text).context("what was written cannot be read")?;
    Ok((text, laid.done))
}

struct Laying<'m> {
    at: HashMap<(Place, &'m str), Vec<(u32, &'m Mutant)>>,
    done: HashSet<u32>,
}

impl<'m> Laying<'m> {
    fn take(&mut self, span: Span, genre: &'static str) -> Vec<(u32, &'m Mutant)> {
        let start = span.start();
        let place = Place { line: start.line, column: start.column + 1 };
        self.at.remove(&(place, genre)).unwrap_or_default()
    }

    fn lay(&mut self, number: u32) -> (Lifetime, Expr) {
        self.done.insert(number);
        (Lifetime::new(&format!("'m{number}"), Span::call_site()), parse_quote!(crate::mutant::on(#number)))
    }

    /// `original`, or what stands for it while a mutant is on.
    fn choose(&mut self, all: Vec<(u32, Expr)>, original: Expr) -> Expr {
        all.into_iter().rev().fold(original, |otherwise, (number, instead)| {
            let (label, on) = self.lay(number);
            parse_quote!((#label: { if #on { #instead } else { #otherwise } }))
        })
    }

    fn body(&mut self, block: &mut Block) {
        let Some(first) = block.stmts.first() else { return };
        let all = self.take(first.span(), "FnValue");
        let mut added: Vec<Stmt> = Vec::new();
        for (number, mutant) in all {
            let Ok(value) = parse_str::<Expr>(&mutant.replacement) else { continue };
            let (label, on) = self.lay(number);
            added.push(parse_quote!(#label: { if #on { return #value; } }));
        }
        block.stmts.splice(0..0, added);
    }

    fn binary(&mut self, it: syn::ExprBinary, all: &[(u32, &Mutant)]) -> Expr {
        let (left, right) = (&it.left, &it.right);
        let [(first, _), ..] = all else { return it.into() };
        let (l, r) = (format_ident!("left_{first}"), format_ident!("right_{first}"));
        let with = |of: fn(BinOp, &proc_macro2::Ident, &proc_macro2::Ident) -> Expr| {
            let others = all.iter().filter_map(|it| Some((it.0, of(parse_str(&it.1.replacement).ok()?, &l, &r))));
            (others.collect::<Vec<_>>(), of(it.op, &l, &r))
        };
        match it.op {
            // a chain with `let` cannot stand in a block, and has no other operator
            BinOp::And(_) | BinOp::Or(_) if has_let(left) || has_let(right) => it.into(),
            // with the other operator, the right side decides exactly where it did not
            BinOp::And(_) | BinOp::Or(_) => {
                let (label, on) = self.lay(*first);
                let stays = matches!(it.op, BinOp::And(_));
                parse_quote!((#label: { let #l: bool = #left; if #l == (#stays ^ #on) { #right } else { #l } }))
            }
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                let (others, own) = with(|op, l, r| parse_quote!(*#l #op *#r));
                let chosen = self.choose(others, own);
                let label = Lifetime::new(&format!("'m{first}"), Span::call_site());
                parse_quote!((#label: { match (&(#left), &(#right)) { (#l, #r) => #chosen } }))
            }
            op if is_assignment(op) => {
                let others = all.iter().filter_map(|it| {
                    let op: BinOp = parse_str(&it.1.replacement).ok()?;
                    Some((it.0, parse_quote!(#left #op #r)))
                });
                let chosen = self.choose(others.collect(), parse_quote!(#left #op #r));
                let label = Lifetime::new(&format!("'m{first}"), Span::call_site());
                parse_quote!((#label: { let #r = #right; #chosen }))
            }
            _ => {
                let (others, own) = with(|op, l, r| parse_quote!(#l #op #r));
                let chosen = self.choose(others, own);
                let label = Lifetime::new(&format!("'m{first}"), Span::call_site());
                parse_quote!((#label: { match (#left, #right) { (#l, #r) => #chosen } }))
            }
        }
    }

    fn unary(&mut self, it: syn::ExprUnary, number: u32) -> Expr {
        let (label, on) = self.lay(number);
        let (op, of, value) = (it.op, &it.expr, format_ident!("value_{number}"));
        parse_quote!((#label: { let #value = #of; if #on { #value } else { #op #value } }))
    }

    fn fields(&mut self, it: syn::ExprStruct, all: &[(u32, usize)]) -> Expr {
        let without = |at: usize| {
            let mut less = it.clone();
            less.fields = it.fields.iter().enumerate().filter(|it| it.0 != at).map(|it| it.1.clone()).collect();
            // `..rest` stands behind a comma
            if !less.fields.empty_or_trailing() {
                less.fields.push_punct(Default::default());
            }
            Expr::Struct(less)
        };
        let others = all.iter().map(|(number, at)| (*number, without(*at))).collect();
        self.choose(others, it.into())
    }
}

impl VisitMut for Laying<'_> {
    // a constant is worked out while compiling, where no mutant is on
    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_item_fn_mut(&mut self, it: &mut syn::ItemFn) {
        if it.sig.constness.is_none() {
            let block = &mut it.block;
            self.function(block);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, it: &mut syn::ImplItemFn) {
        if it.sig.constness.is_none() {
            self.function(&mut it.block);
        }
    }

    fn visit_trait_item_fn_mut(&mut self, it: &mut syn::TraitItemFn) {
        if let Some(block) = &mut it.default {
            self.function(block);
        }
    }

    fn visit_arm_mut(&mut self, it: &mut syn::Arm) {
        let removed = self.take(it.span(), "MatchArm");
        let guards = it.guard.as_ref().map(|guard| self.take(guard.1.span(), "MatchArmGuard")).unwrap_or_default();
        visit_mut::visit_arm_mut(self, it);
        if let Some((of, guard)) = it.guard.take() {
            let others = guards.iter().filter_map(|it| Some((it.0, parse_str(&it.1.replacement).ok()?))).collect();
            it.guard = Some((of, Box::new(self.choose(others, *guard))));
        }
        if let Some((number, _)) = removed.first() {
            let (label, on) = self.lay(*number);
            let guard = it.guard.take().map_or_else(|| parse_quote!(true), |it| *it.1);
            it.guard = Some((Default::default(), parse_quote!((#label: { !#on && #guard }))));
        }
    }

    fn visit_expr_mut(&mut self, it: &mut Expr) {
        let (mut here, mut gone) = (Vec::new(), Vec::new());
        match it {
            Expr::Binary(it) => here = self.take(it.op.span(), "BinaryOperator"),
            Expr::Unary(it) => here = self.take(it.op.span(), "UnaryOperator"),
            Expr::Struct(it) => {
                for (at, field) in it.fields.iter().enumerate() {
                    gone.extend(self.take(field.span(), "StructField").iter().map(|it| (it.0, at)));
                }
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, it);
        let whole = std::mem::replace(it, Expr::Verbatim(quote!()));
        *it = match (whole, here.first()) {
            (Expr::Binary(it), Some(_)) => self.binary(it, &here),
            (Expr::Unary(it), Some((number, _))) if !matches!(it.op, UnOp::Deref(_)) => self.unary(it, *number),
            (Expr::Struct(it), _) if !gone.is_empty() => self.fields(it, &gone),
            (other, _) => other,
        };
    }
}

impl Laying<'_> {
    fn function(&mut self, block: &mut Block) {
        // its place is that of the first statement, which becomes another one
        let mut empty =
            Block { brace_token: block.brace_token, stmts: block.stmts.first().cloned().into_iter().collect() };
        self.body(&mut empty);
        empty.stmts.pop();
        visit_mut::visit_block_mut(self, block);
        block.stmts.splice(0..0, empty.stmts);
    }
}

fn is_assignment(op: BinOp) -> bool {
    op.to_token_stream().to_string().ends_with('=')
}

fn has_let(of: &Expr) -> bool {
    match of {
        Expr::Let(_) => true,
        Expr::Binary(it) if matches!(it.op, BinOp::And(_)) => has_let(&it.left) || has_let(&it.right),
        _ => false,
    }
}

/// Where each mutant's block lies in a text that was written by [`instrumented`]: its number, and from which byte to which.
pub fn blocks(text: &str) -> Result<Vec<(u32, usize, usize)>> {
    struct Found(Vec<(u32, usize, usize)>);
    impl<'a> Visit<'a> for Found {
        fn visit_expr_block(&mut self, it: &'a syn::ExprBlock) {
            let number = it.label.as_ref().and_then(|it| it.name.ident.to_string().strip_prefix('m')?.parse().ok());
            if let Some(number) = number {
                let range = it.span().byte_range();
                self.0.push((number, range.start, range.end));
            }
            visit::visit_expr_block(self, it);
        }
    }
    let mut found = Found(Vec::new());
    found.visit_file(&syn::parse_file(text)?);
    Ok(found.0)
}
