//! A WASM module as a list of sections, and the numbers and names in them.

use anyhow::{Context, Result, bail, ensure};

/// The module with the sections that `change` gives a new body.
pub fn rewrite(module: &[u8], mut change: impl FnMut(u8, &[u8]) -> Result<Option<Vec<u8>>>) -> Result<Vec<u8>> {
    ensure!(module.starts_with(b"\0asm\x01\0\0\0"), "this is not a WASM module of version 1");
    let mut out = module[..8].to_vec();
    let mut rest = &module[8..];
    while !rest.is_empty() {
        let whole = rest;
        let id = take(&mut rest, 1)?[0];
        let size = number(&mut rest)?;
        let body = take(&mut rest, size)?;
        match change(id, body)? {
            Some(body) => {
                out.push(id);
                put_number(&mut out, body.len());
                out.extend(body);
            }
            None => out.extend(&whole[..whole.len() - rest.len()]),
        }
    }
    Ok(out)
}

/// The module without the custom sections of these names.
pub fn without_custom(module: &[u8], unwanted: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>> {
    let mut out = module.get(..8).context("this is not a WASM module")?.to_vec();
    let mut rest = &module[8..];
    while !rest.is_empty() {
        let whole = rest;
        let id = take(&mut rest, 1)?[0];
        let size = number(&mut rest)?;
        let mut body = take(&mut rest, size)?;
        if id != 0 || !unwanted(name(&mut body)?) {
            out.extend(&whole[..whole.len() - rest.len()]);
        }
    }
    Ok(out)
}

pub fn name<'m>(rest: &mut &'m [u8]) -> Result<&'m [u8]> {
    let size = number(rest)?;
    take(rest, size)
}

pub fn take<'m>(rest: &mut &'m [u8], size: usize) -> Result<&'m [u8]> {
    let (head, tail) = rest.split_at_checked(size).context("the module ends too early")?;
    *rest = tail;
    Ok(head)
}

/// An unsigned LEB128 number of at most 32 bits.
pub fn number(rest: &mut &[u8]) -> Result<usize> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = take(rest, 1)?[0];
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    bail!("a number in the module is too long")
}

pub fn put_number(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    put_number(out, name.len());
    out.extend(name);
}
