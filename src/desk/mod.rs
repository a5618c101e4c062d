//! Hundreds of records in one table: what a centre that receives them looks at.
