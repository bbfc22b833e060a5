//! The fonts inside the program: registration, and the width of a text.

use std::sync::Once;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use crate::error::PlotError;

/// The family as a stylesheet names it: a viewer of a scalable figure without the first takes the next.
pub(crate) const FAMILY: &str = "Roboto, Arial, Helvetica, sans-serif";

/// Height of a line of the font (ascent and descent) in ems: the unit in which glyphs are sized for pixels.
/// Source: table `hhea` of Roboto, (1900 + 500) / 2048.
pub(crate) const LINE_HEIGHT_IN_EMS: f64 = 2400.0 / 2048.0;

static REGULAR: &[u8] = include_bytes!("../fonts/Roboto-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/Roboto-Bold.ttf");

/// Makes the fonts known to the drawing library, once.
pub(crate) fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, BOLD)] {
            // A font that does not load is reported by whatever first wants to use it.
            let _ = register_font(FAMILY, style, bytes);
        }
    });
}

/// Width of a text set in `size` units per em.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> Result<f64, PlotError> {
    const FINE: f64 = 1000.0;
    register();
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), FINE * LINE_HEIGHT_IN_EMS, style);
    let (width, _height) = font
        .box_size(text)
        .map_err(|error| PlotError::Drawing(error.to_string()))?;
    Ok(f64::from(width) * size / FINE)
}

/// Breaks a text at spaces into lines no wider than `width`; a longer word has a line of its own.
pub(crate) fn wrap(text: &str, width: f64, size: f64, bold: bool) -> Result<Vec<String>, PlotError> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, bold)? <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Ok(lines)
}

/// Width of the widest word of a text.
pub(crate) fn widest_word(text: &str, size: f64, bold: bool) -> Result<f64, PlotError> {
    words(text).try_fold(0.0_f64, |widest, word| Ok(widest.max(text_width(word, size, bold)?)))
}

/// What a line may be broken between: not a no-break space, which is white too.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_and_longer_texts_are_wider() {
        let width = |text, bold| text_width(text, 12.0, bold).expect("the font is there");
        assert!(width("saldo", true) > width("saldo", false));
        assert!(width("saldo, mln €", false) > width("saldo", false));
    }

    #[test]
    fn a_mark_behind_a_no_break_space_is_not_left_alone_on_a_line() {
        let lines = wrap("Meerprijs prefab\u{a0}*", 95.0, 12.0, false).expect("the font is there");
        assert_eq!(lines, ["Meerprijs", "prefab\u{a0}*"]);
    }

    #[test]
    fn wrapped_lines_fit_and_keep_all_words() {
        let text = "hogere kwaliteit van wonen en werken rond de campus";
        let lines = wrap(text, 90.0, 12.0, false).expect("the font is there");
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
        assert!(
            lines
                .iter()
                .all(|line| text_width(line, 12.0, false).expect("the font is there") <= 90.0)
        );
    }
}
