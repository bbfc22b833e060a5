//! Where in the country the balance lands: a bubble for each province, one map of equal size for each scenario.

use mkba_core::table::Table;
use serde::{Deserialize, Serialize};

use crate::FigureKind;
use crate::drawing::{Anchor, Drawing, Text};
use crate::error::{PlotError, check_count, check_finite, check_not_empty};
use crate::language::{Item, Label, Language, decimals_of_millions};
use crate::netherlands::{self, Province};
use crate::page::{self, Caption, HEADING, LINE, Panels, SMALL};
use crate::palette::{GAIN, LOSS, MUTED, WHITE};

const LARGEST: f64 = 26.0;
const LAND: crate::palette::Colour = (236, 234, 228);

/// A balance for each province.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountryMap {
    /// Title, settings, notes.
    pub caption: Caption,
    /// Provinces by their key, such as `noord-brabant`; others have no place on the map.
    pub provinces: Vec<Item>,
    /// In the order of the panels.
    pub scenarios: Vec<(Item, Landing)>,
}

/// Where a balance lands, in EUR.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Landing {
    /// For every province.
    pub provinces_eur: Vec<f64>,
    /// What belongs to no province.
    pub elsewhere_eur: f64,
}

/// The name of a province by its key.
pub(crate) fn name_of(key: &str) -> Option<Label> {
    Province::of(key).map(|province| Label::new(province.name.0, province.name.1))
}

impl CountryMap {
    fn amounts(&self) -> impl Iterator<Item = f64> {
        let landings = self.scenarios.iter().flat_map(|(_, landing)| &landing.provinces_eur);
        landings.copied()
    }

    fn decimals(&self) -> usize {
        let elsewhere = self.scenarios.iter().map(|(_, landing)| landing.elsewhere_eur);
        decimals_of_millions(self.amounts().chain(elsewhere))
    }
}

impl FigureKind for CountryMap {
    fn check(&self) -> Result<(), PlotError> {
        check_not_empty("scenarios", self.scenarios.is_empty())?;
        check_not_empty("provinces", self.provinces.is_empty())?;
        for (scenario, landing) in &self.scenarios {
            let place = format!("provinces in `{}`", scenario.id);
            check_count(&place, self.provinces.len(), landing.provinces_eur.len())?;
            check_finite(&place, &landing.provinces_eur)?;
            check_finite(&place, &[landing.elsewhere_eur])?;
        }
        Ok(())
    }

    fn title(&self) -> &Label {
        &self.caption.title
    }

    fn alt_text(&self, language: Language) -> String {
        let decimals = self.decimals();
        let mut text = format!("{}.", self.caption.title.in_language(language));
        for (scenario, landing) in &self.scenarios {
            let provinces = self
                .provinces
                .iter()
                .zip(&landing.provinces_eur)
                .map(|(province, amount)| {
                    format!(
                        "{} {}",
                        province.label.in_language(language),
                        language.amount(*amount, decimals)
                    )
                });
            let provinces: Vec<String> = provinces.collect();
            text.push_str(&format!(
                " {}: {}; {} {}.",
                scenario.label.in_language(language),
                provinces.join("; "),
                elsewhere(language),
                language.amount(landing.elsewhere_eur, decimals)
            ));
        }
        text
    }

    /// `scenario`, `province` (empty for what belongs to none), `pv_mean_eur`.
    fn table(&self) -> Table {
        let mut rows: Vec<(&str, &str, f64)> = Vec::new();
        for (scenario, landing) in &self.scenarios {
            let provinces = self.provinces.iter().zip(&landing.provinces_eur);
            rows.extend(provinces.map(|(province, amount)| (&*scenario.id, &*province.id, *amount)));
            rows.push((&scenario.id, "", landing.elsewhere_eur));
        }
        Table::new("country_map")
            .text("scenario", rows.iter().map(|row| row.0))
            .text("province", rows.iter().map(|row| row.1))
            .number("pv_mean_eur", rows.iter().map(|row| row.2))
    }

    fn lay_out(&self, language: Language) -> Result<Drawing, PlotError> {
        let decimals = self.decimals();
        let panels = Panels::of(self.scenarios.len(), netherlands::WIDTH);
        let height = HEADING + 10.0 + netherlands::HEIGHT + LINE + 4.0;
        let greatest = self.amounts().fold(0.0_f64, |most, amount| most.max(amount.abs()));
        let (mut drawing, top) = page::begin(panels.page_width(), &self.caption, language)?;
        for (panel, (scenario, landing)) in self.scenarios.iter().enumerate() {
            let corner = panels.corner(panel, top, height);
            page::panel_heading(&mut drawing, scenario.label.in_language(language), corner);
            let map = (corner.0, corner.1 + HEADING + 10.0);
            let (land, water) = netherlands::surfaces(map);
            for surface in land {
                drawing.polygon(surface, LAND, 1.0);
            }
            for surface in water {
                drawing.polygon(surface, WHITE, 1.0);
            }
            let placed = self.provinces.iter().zip(&landing.provinces_eur);
            let placed: Vec<_> = placed
                .filter_map(|(item, amount)| Some((item, *amount, Province::of(&item.id)?)))
                .collect();
            let radius_of = |amount: f64| match greatest > 0.0 {
                true => (amount.abs() / greatest).sqrt() * LARGEST,
                false => 0.0,
            };
            for (_, amount, province) in &placed {
                let radius = radius_of(*amount);
                if radius >= 0.5 {
                    let colour = if *amount < 0.0 { LOSS } else { GAIN };
                    drawing.disc(province.on_map(map), radius, colour, 0.6);
                }
            }
            for (item, amount, province) in &placed {
                let (across, middle) = province.on_map(map);
                let baseline = middle + radius_of(*amount) + 4.0 + SMALL * 0.8;
                let name = Text::new(item.label.in_language(language), (across, baseline), SMALL);
                drawing.text(name.anchored(Anchor::Middle));
                let words = language.millions_of(*amount, decimals);
                let value = Text::new(words, (across, baseline + SMALL + 2.0), SMALL);
                drawing.text(value.anchored(Anchor::Middle).bold());
            }
            let amount = language.millions_of(landing.elsewhere_eur, decimals);
            let words = format!("{}: {amount}", elsewhere(language));
            let place = (corner.0, map.1 + netherlands::HEIGHT + LINE);
            drawing.text(Text::new(words, place, SMALL).coloured(MUTED));
        }
        let explanation = language.choose(
            "In mln €. De oppervlakte van een cirkel is evenredig met het bedrag; oranje is een verlies, blauw een winst. Schematische kaart.",
            "In € million. The area of a circle is proportional to the amount; orange is a loss, blue a gain. Schematic map.",
        );
        let bottom = panels.bottom(self.scenarios.len(), top, height);
        page::end(
            drawing,
            vec![explanation.to_owned()],
            &self.caption,
            bottom - 6.0,
            language,
        )
    }
}

fn elsewhere(language: Language) -> &'static str {
    language.choose("Zonder regio", "No region")
}
