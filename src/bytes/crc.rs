//! 校验和: checksums that show whether bytes were altered.

/// CRC-32 as in zip files, four bits at a time: a table for whole bytes would be larger than most records.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..2).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 4) ^ OF_FOUR[(crc & 15) as usize])
    })
}

/// CRC-24 as in OpenPGP, in the low three bytes: a run of up to 24 wrong bits is always noticed, and so is a wrong
/// letter of a link.
pub fn crc24(bytes: &[u8]) -> u32 {
    let crc = bytes.iter().fold(0x00b7_04ce_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte) << 16, |crc, _| (crc << 1) ^ (0x0186_4cfb & (crc >> 23 & 1).wrapping_neg()))
    });
    crc & 0x00ff_ffff
}

/// For each value of the low four bits, what is XORed into the CRC-32 when they are shifted out.
const OF_FOUR: [u32; 16] = {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 16 {
        let (mut crc, mut bit) = (at as u32, 0);
        while bit < 4 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The checksums of "123456789" that the catalogue of CRC algorithms gives.
    #[test]
    fn they_are_the_published_ones() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc24(b"123456789"), 0x0021_cf02);
    }
}
