use super::*;

const fn power_of_half(exponent: i32) -> f64 {
    f64::from_bits(((1023 - exponent) as u64) << 52)
}

/// Tail probabilities of the high-precision values below.
const TAILS: [f64; 6] = [power_of_half(50), power_of_half(30), 0.001, 0.03, 0.3, 0.47];

fn quantile(distribution: &Distribution) -> Quantile {
    Quantile::new(distribution).expect("possible parameters")
}

fn truncated(of: Distribution, min: f64, max: f64) -> Distribution {
    Distribution::Truncated {
        of: Box::new(of),
        min,
        max,
    }
}

/// Quantiles at [`TAILS`] from below and from above, computed with mpmath 1.3 at 40 digits (incomplete beta and gamma
/// functions inverted by bisection).
#[rustfmt::skip]
#[test]
fn tabulated_families_agree_with_high_precision_into_both_tails() {
    let cases = [
        (Distribution::Beta { a: 4.0, b: 6.0 }, [5.152936577976585e-05, 0.0016515817076273066, 0.056205889807768326, 0.1445855954560479, 0.3127482231324949, 0.38121713004015084], [0.9985175516225663, 0.9849702539978902, 0.8371397803523718, 0.6894995546739613, 0.4775611403379287, 0.4050385781306603]),
        (Distribution::Beta { a: 2.0, b: 5.0 }, [7.694926631339088e-09, 7.879687575316648e-06, 0.008255492787746678, 0.047687090383969406, 0.18180347131894917, 0.25166029013261476], [0.999317473983861, 0.9890608088267082, 0.818613866919134, 0.6266029713677339, 0.36035769038002025, 0.2775165930080895]),
        (Distribution::Beta { a: 1.0, b: 5.0 }, [1.776356839400251e-16, 1.8626451499248464e-10, 0.00020008004803362555, 0.0060733238517972745, 0.06885008490516231, 0.11924488522892877], [0.9990234375, 0.984375, 0.748811356849042, 0.5040655803587168, 0.21399691440337723, 0.1401561851399217]),
        (Distribution::Beta { a: 5.0, b: 1.0 }, [0.0009765625, 0.015625, 0.251188643150958, 0.49593441964128315, 0.7860030855966228, 0.8598438148600783], [0.9999999999999998, 0.9999999998137354, 0.9997999199519664, 0.9939266761482027, 0.9311499150948377, 0.8807551147710713]),
        (Distribution::Beta { a: 0.5, b: 0.5 }, [1.9464362655041583e-30, 2.1401293066467156e-18, 2.467399070916944e-06, 0.002219017698459993, 0.20610737385376343, 0.4529458433407428], [1.0, 1.0, 0.999997532600929, 0.99778098230154, 0.7938926261462366, 0.5470541566592572]),
        (Distribution::Beta { a: 0.05, b: 3.0 }, [2.1465501865680165e-302, 5.542928957572606e-182, 2.3000470006648478e-61, 8.019768003484988e-32, 8.019768003607476e-12, 6.36346884409139e-08], [0.9999632794666955, 0.9962727000401836, 0.6535341195618833, 0.17128273165914415, 0.00018359014974709187, 7.034847457860281e-07]),
        (Distribution::Beta { a: 0.3, b: 20.0 }, [2.38962523899539e-52, 2.79895666284824e-32, 3.5480990938563726e-12, 2.976700536597018e-07, 0.0006473932211757379, 0.002990953577553858], [0.794149596618033, 0.5922287873744997, 0.20939392429434459, 0.08557592458805367, 0.012970354644991588, 0.004565786765368947]),
        (Distribution::Beta { a: 200.5, b: 3.25 }, [0.8111534190952067, 0.8729731285297291, 0.9436247387575711, 0.9640965597168649, 0.9808211289325203, 0.9849730355838338], [0.9999997777782212, 0.9999841657626366, 0.998799716615545, 0.9961374478272355, 0.9895214607674181, 0.9862190842765034]),
        (Distribution::Beta { a: 1.0001, b: 1000.0 }, [8.912992794390146e-19, 9.333004368607256e-13, 1.001233744069757e-06, 3.0470872256295717e-05, 0.0003566774951978, 0.0006347689604366625], [0.03406407033953149, 0.020580059649677112, 0.006884213217061075, 0.0035006224341725327, 0.0012033768599359217, 0.00075483887704233]),
        (Distribution::Gamma { shape: 1.0, scale: 1.0 }, [8.881784197001256e-16, 9.313225750491594e-10, 0.0010005003335835335, 0.030459207484708546, 0.35667494393873234, 0.6348782724359695], [34.657359027997266, 20.79441541679836, 6.907755278982137, 3.506557897319982, 1.2039728043259361, 0.7550225842780328]),
        (Distribution::Gamma { shape: 2.3, scale: 1.0 }, [4.387905955437205e-07, 0.00018194215467784008, 0.07803347903670955, 0.3739558100162668, 1.3373242949157538, 1.8741909103476209], [39.30882996931284, 24.869496279840018, 9.855195442674757, 5.859631142907356, 2.796353283287148, 2.0827825784835103]),
        (Distribution::Gamma { shape: 0.05, scale: 1.0 }, [5.454582462603321e-302, 1.40850948990722e-181, 5.844632057286547e-61, 2.037897188693117e-31, 2.0378971887326642e-11, 1.6170163136056574e-07], [28.47511457094722, 15.183912871268436, 2.7364585987286763, 0.4787828630540517, 0.0004665636848952591, 1.7876204209752022e-06]),
        (Distribution::Gamma { shape: 0.5, scale: 1.0 }, [6.195699061366312e-31, 6.812243160173109e-19, 7.85398574631245e-07, 0.0007071916504058863, 0.07423593091627272, 0.19719577708488042], [32.332056651078936, 18.731828756132515, 5.413783085331366, 2.35464612344255, 0.5370970854287926, 0.2609879902374361]),
        (Distribution::Gamma { shape: 35.7, scale: 1.0 }, [6.38355445876688, 10.52888233483945, 20.03689657224612, 25.336675805937123, 32.34196783398718, 34.92183072205165], [105.70754807434174, 83.99455704687362, 57.04021251416418, 47.751678350182736, 38.57566311404801, 35.81639481492724]),
        (Distribution::Gamma { shape: 10000.0, scale: 1.0 }, [9225.036400766414, 9410.71964195055, 9693.824385823726, 9812.768237323708, 9947.319262019584, 9992.14171718498], [10816.492887816143, 10612.687553788328, 10311.875224539537, 10188.92334097451, 10052.197405331652, 10007.195397124058]),
        (Distribution::Student { df: 0.5, centre: 0.0, scale: 1.0 }, [-1.3037674316338341e+29, -1.1857695714150706e+17, -102849.11563017555, -114.27548254186688, -1.0095258786071661, -0.11193667631603257], [1.3037674316338341e+29, 1.1857695714150706e+17, 102849.11563017555, 114.27548254186688, 1.0095258786071661, 0.11193667631603257]),
        (Distribution::Student { df: 1.0, centre: 0.0, scale: 1.0 }, [-358385071201416.2, -341782637.7882158, -318.30883898555044, -10.578894993405635, -0.7265425280053609, -0.09452783117928214], [358385071201416.2, 341782637.7882158, 318.30883898555044, 10.578894993405635, 0.7265425280053609, 0.09452783117928214]),
        (Distribution::Student { df: 2.0, centre: 0.0, scale: 1.0 }, [-23726566.406062856, -23170.47497355201, -22.327124770119877, -3.896425359761488, -0.6172133998483676, -0.08500596243286059], [23726566.406062856, 23170.47497355201, 22.327124770119877, 3.896425359761488, 0.6172133998483676, 0.08500596243286059]),
        (Distribution::Student { df: 5.0, centre: 0.0, scale: 1.0 }, [-1606.032646263386, -100.35577403772359, -5.89342953135601, -2.4215847093953276, -0.5594296444693608, -0.0791281053272418], [1606.032646263386, 100.35577403772359, 5.89342953135601, 2.4215847093953276, 0.5594296444693608, 0.0791281053272418]),
        (Distribution::Student { df: 30.0, centre: 0.0, scale: 1.0 }, [-14.99263803436119, -8.473977050107875, -3.385184866829305, -1.9546454957884551, -0.5300190039065045, -0.07590324830400276], [14.99263803436119, 8.473977050107875, 3.385184866829305, 1.9546454957884551, 0.5300190039065045, 0.07590324830400276]),
        (Distribution::Student { df: 100000.0, centre: 0.0, scale: 1.0 }, [-7.957317204087762, -6.009911162771329, -3.0903138094272378, -1.880814943100458, -0.5244021842335458, -0.0752700513408408], [7.957317204087762, 6.009911162771329, 3.0903138094272378, 1.880814943100458, 0.5244021842335458, 0.0752700513408408]),
    ];
    for (distribution, lower, upper) in cases {
        let quantile = quantile(&distribution);
        for (tail, (lower, upper)) in TAILS.into_iter().zip(lower.into_iter().zip(upper)) {
            for (u, expected) in [(tail, lower), (1.0 - tail, upper)] {
                let got = quantile.at(u);
                let error = (got / expected - 1.0).abs();
                assert!(error < 2e-10, "{distribution:?} at {u:e}: {got:e}, expected {expected:e}, error {error:e}");
            }
        }
    }
}

/// Probabilities of the table below.
const PROBABILITIES: [f64; 11] = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

/// Quantiles of `scipy.stats` 1.17.1; PERT, gamma and normal cross-checked there with mpmath at 40 digits.
#[rustfmt::skip]
#[test]
fn quantiles_agree_with_scipy() {
    let cases: [(Distribution, [f64; 11]); 14] = [
        (Distribution::Uniform { low: -2.0, high: 5.0 }, [-1.993, -1.93, -1.65, -1.2999999999999998, -0.25, 1.5, 3.25, 4.3, 4.6499999999999995, 4.93, 4.993]),
        (Distribution::Normal { mean: 10.0, sd: 3.0 }, [0.7293030814965604, 3.0209563778774777, 5.065439119145582, 6.1553453033661985, 7.976530749411754, 10.0, 12.023469250588246, 13.844654696633802, 14.934560880854416, 16.97904362212252, 19.27069691850344]),
        (Distribution::Lognormal { median: 1.2_f64.exp(), sigma: 0.5 }, [0.7081380962669654, 1.0375125433023187, 1.4587402000127634, 1.7493148854056422, 2.369680473860537, 3.3201169227365472, 4.651756429711101, 6.301424902175618, 7.556641258357827, 10.624619867780796, 15.566421915091972]),
        (Distribution::Lognormal { median: 100.0 / 1.16_f64.sqrt(), sigma: 1.16_f64.ln().sqrt() }, [28.231500427159332, 37.891518094375236, 49.26801606716497, 56.66962654014756, 71.60113092799139, 92.84766908852596, 120.39879179900342, 152.12187165315262, 174.97537638658315, 227.50974594633905, 305.3571196973691]),
        (Distribution::Triangular { low: 2.0, mode: 3.0, high: 10.0 }, [2.0894427190999916, 2.282842712474619, 2.632455532033676, 2.8944271909999157, 3.5192593015921396, 4.708497377870819, 6.258342613226059, 7.633568086760153, 8.326679946931847, 9.251668522645211, 9.763356808676015]),
        (Distribution::Triangular { low: 0.0, mode: 0.0, high: 4.0 }, [0.0020005002501561897, 0.02005025157352014, 0.10128226207641466, 0.20526680779794493, 0.5358983848622456, 1.1715728752538097, 2.0, 2.7350889359326485, 3.105572809000084, 3.5999999999999996, 3.873508893593265]),
        (Distribution::Pert { low: 2.0, mode: 3.0, high: 10.0 }, [2.0204823653353365, 2.0963441965782317, 2.2915781443631107, 2.47846925484198, 2.9611843891485186, 3.7689591593818186, 4.818145320181955, 5.871225588555368, 6.502756884279825, 7.598058564116553, 8.580033163992073]),
        (Distribution::Beta { a: 2.5, b: 4.0 }, [0.022104742592103682, 0.05726426499648578, 0.11481964193097445, 0.1576580554781871, 0.2482814567935646, 0.37213243116760625, 0.5088260849441583, 0.6301815250966563, 0.6973994508621768, 0.8056324122506652, 0.8939321882896462]),
        (Distribution::Gamma { shape: 2.3, scale: 1.7 }, [0.1326569143624062, 0.37689275746498796, 0.8194132590408552, 1.1773283875253793, 2.0143676399860353, 3.3602630734333814, 5.213078516679862, 7.361324968603889, 8.879102861319145, 12.218025338734723, 16.753832252547088]),
        (Distribution::Weibull { shape: 1.5, scale: 20.0 }, [0.20006670558273684, 0.9314303369403937, 2.761025331125684, 4.461510512738342, 8.715758634060474, 15.664395375493026, 24.86567769750343, 34.87443027192823, 41.56221275069113, 55.359707300450495, 72.54173824678952]),
        (Distribution::Weibull { shape: 1.0, scale: 4.0 }, [0.004002001334334134, 0.04020134341400577, 0.20517317755020215, 0.42144206263130524, 1.1507282898071236, 2.772588722239781, 5.545177444479562, 9.210340371976184, 11.98292909421596, 18.420680743952364, 27.631021115928544]),
        (Distribution::Metalog { probabilities: vec![0.1, 0.9], values: vec![1.4619427958646467, 4.538057204135353] }, [-1.8347283450539873, -0.2165838950942125, 0.938892714583492, 1.4619427958646467, 2.2309713979323234, 3.0, 3.7690286020676766, 4.538057204135353, 5.061107285416508, 6.216583895094212, 7.834728345053986]),
        (Distribution::Student { df: 5.0, centre: 0.0, scale: 1.0 }, [-5.893429531356009, -3.364929998907218, -2.015048373333024, -1.4758840488244813, -0.7266868438004226, 0.0, 0.7266868438004226, 1.4758840488244815, 2.0150483733330233, 3.3649299989072174, 5.893429531356009]),
        (truncated(Distribution::Normal { mean: 30.0, sd: 7.5 }, 15.0, 40.0), [15.121109996770675, 16.067746584832, 18.764159274747648, 20.854808079543993, 24.80500986567122, 29.355683964474736, 33.66114441832104, 36.87052517610721, 38.25526622725283, 39.608577417788624, 39.95962746382097]),
    ];
    for (distribution, expected) in cases {
        let quantile = quantile(&distribution);
        for (u, expected) in PROBABILITIES.into_iter().zip(expected) {
            let got = quantile.at(u);
            let bound = 1e-9 * expected.abs().max(1e-3);
            assert!((got - expected).abs() <= bound, "{distribution:?} at {u}: {got}, expected {expected}");
        }
    }
}

/// A lognormal distribution seen in a mirror.
fn mirrored() -> Distribution {
    Distribution::Scaled {
        of: Box::new(Distribution::Lognormal {
            median: 4.0,
            sigma: 0.7,
        }),
        shift: 5.0,
        factor: -1.0,
    }
}

/// Three experts of unequal weight.
fn experts() -> Distribution {
    Distribution::Mixture {
        weights: vec![0.5, 0.3, 0.2],
        parts: vec![
            Distribution::Triangular {
                low: 2.0,
                mode: 6.0,
                high: 12.0,
            },
            Distribution::Lognormal {
                median: 7.0,
                sigma: 0.4,
            },
            Distribution::Pert {
                low: 0.0,
                mode: 5.0,
                high: 20.0,
            },
        ],
    }
}

/// Zero with a probability, normal else: the jump lies in the middle of the density.
fn sometimes() -> Distribution {
    Distribution::Mixture {
        weights: vec![0.3, 0.7],
        parts: vec![
            Distribution::Discrete {
                values: vec![0.0],
                probabilities: vec![1.0],
            },
            Distribution::Normal { mean: 2.0, sd: 3.0 },
        ],
    }
}

/// Two uniform distributions with nothing between them.
fn with_a_gap() -> Distribution {
    Distribution::Mixture {
        weights: vec![0.4, 0.6],
        parts: vec![
            Distribution::Uniform { low: 0.0, high: 1.0 },
            Distribution::Uniform { low: 5.0, high: 6.0 },
        ],
    }
}

/// Means, standard deviations and quantiles at [`PROBABILITIES`] of `scipy.stats` 1.17.1 for further kinds: PERT with a weight
/// of 2, exponential, Gumbel, logistic.
#[rustfmt::skip]
#[test]
fn further_kinds_agree_with_scipy() {
    let cases: [(Distribution, [f64; 11]); 4] = [
        (Distribution::Scaled { of: Box::new(Distribution::Beta { a: 1.0 + 2.0 * 0.7, b: 1.0 + 2.0 * 0.3 }), shift: 0.0, factor: 100.0 }, [4.038324568635607, 10.671935150323653, 21.31734910264121, 28.92840228121515, 43.94655698076234, 61.808885138803845, 77.65828967169523, 88.16445546617264, 92.51345894683183, 97.33428292014045, 99.3748319039437]),
        (Distribution::Weibull { shape: 1.0, scale: 4.0 }, [0.004002001334334134, 0.04020134341400577, 0.20517317755020215, 0.42144206263130524, 1.1507282898071236, 2.772588722239781, 5.545177444479562, 9.210340371976184, 11.98292909421596, 18.420680743952364, 27.631021115928544]),
        (Distribution::Gumbel { mode: 1013.0, scale: 558.0 }, [-65.4157615251645, 160.83376879919115, 400.7687051963586, 547.6098955516406, 830.7380829321193, 1217.5142096845686, 1708.2118226286389, 2268.7049686403443, 2670.368948965527, 3579.883268541331, 4867.248329352234]),
        (Distribution::Metalog { probabilities: vec![0.25, 0.75], values: vec![3.0 - 0.7 * 3.0_f64.ln(), 3.0 + 0.7 * 3.0_f64.ln()] }, [-1.8347283450539873, -0.2165838950942125, 0.938892714583492, 1.4619427958646467, 2.2309713979323234, 3.0, 3.7690286020676766, 4.538057204135353, 5.061107285416508, 6.216583895094212, 7.834728345053986]),
    ];
    for (distribution, expected) in cases {
        let quantile = quantile(&distribution);
        for (u, expected) in PROBABILITIES.into_iter().zip(expected) {
            let got = quantile.at(u);
            let bound = 1e-9 * expected.abs().max(1e-3);
            assert!((got - expected).abs() <= bound, "{distribution:?} at {u}: {got}, expected {expected}");
        }
    }
}

/// Quantiles of mixtures at 1e-9, [`PROBABILITIES`] and 1 - 1e-9, inverted with mpmath 1.3 at 40 digits.
#[rustfmt::skip]
#[test]
fn mixtures_agree_with_high_precision() {
    let cases: [(Distribution, [f64; 13]); 4] = [
        (experts(), [0.00044722359589128836, 0.457624427185077, 1.5270510690835508, 2.9891922995907527, 3.708995153556466, 5.029043976043774, 6.626187243340476, 8.549684722758125, 10.443041651686345, 11.717429354415893, 15.313658726763592, 20.720652422011973, 71.20444767004392]),
        (sometimes(), [-15.81880699627624, -6.948111626465743, -4.568049266566253, -2.3957013780565677, -1.202711571634425, 0.0, 0.30215353420141117, 3.0983190704017085, 5.202711571634425, 6.395701378056566, 8.568049266566252, 10.948111626465742, 19.818807010186422]),
        (with_a_gap(), [2.5e-09, 0.0025, 0.024999999999999998, 0.125, 0.25, 0.625, 5.166666666666667, 5.583333333333333, 5.833333333333333, 5.916666666666667, 5.983333333333333, 5.998333333333333, 5.999999998333333]),
        (Distribution::Mixture { weights: vec![0.9, 0.1], parts: vec![Distribution::Normal { mean: 0.0, sd: 1.0 }, Distribution::Normal { mean: 0.0, sd: 5.0 }] }, [-28.060006220873944, -11.631739370204206, -6.407757846655901, -2.095798550573533, -1.4867211443921011, -0.7428581050017609, -3.7811364465649004e-17, 0.7428581050017609, 1.4867211443921011, 2.095798550573532, 6.407757846655898, 11.631739370204205, 28.060006245337824]),
    ];
    for (distribution, expected) in cases {
        let quantile = quantile(&distribution);
        let probabilities = [1e-9].into_iter().chain(PROBABILITIES).chain([1.0 - 1e-9]);
        for (u, expected) in probabilities.zip(expected) {
            let got = quantile.at(u);
            assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{distribution:?} at {u}: {got}, expected {expected}");
        }
    }
}

/// The distribution function at the computed value gives back the uniform, wherever it has no jump.
#[test]
fn mixtures_invert_their_distribution_function_everywhere() {
    for distribution in [experts(), with_a_gap(), truncated(experts(), 3.0, 15.0), sometimes()] {
        let function = distribution_function::DistributionFunction::new(&distribution).expect("possible");
        let quantile = quantile(&distribution);
        for u in rising_uniforms() {
            let value = quantile.at(u);
            // The bound of a table: a part in 10^10 of the value, or of the order of the distribution near zero.
            let bound = 1e-10 * value.abs().max(1.0);
            let reaches = function.tails(value + bound).1 <= 1.0 - u + 1e-15;
            let not_before = function.tails(value - bound).0 <= u * (1.0 + 1e-9) + 1e-18;
            assert!(reaches && not_before, "{distribution:?} at {u:e}: {value}");
        }
    }
}

#[test]
fn a_zero_inflated_quantile_is_exactly_zero_in_its_jump() {
    let quantile = quantile(&sometimes());
    // Normal(2, 3) is below zero with probability 0.2525; so zero lies from 0.1767 to 0.4767.
    for u in [0.18, 0.3, 0.476] {
        assert_eq!(quantile.at(u), 0.0, "at {u}");
    }
    assert!(quantile.at(0.176) < 0.0 && quantile.at(0.477) > 0.0);
    let positive = Quantile::new(&Distribution::Mixture {
        weights: vec![0.25, 0.75],
        parts: vec![
            Distribution::Discrete {
                values: vec![0.0],
                probabilities: vec![1.0],
            },
            Distribution::Lognormal {
                median: 3.0,
                sigma: 0.5,
            },
        ],
    })
    .expect("possible");
    assert_eq!((positive.at(0.5_f64.powi(53)), positive.at(0.249_999)), (0.0, 0.0));
    // The median of the lognormal part lies in the middle of the rest.
    assert!((positive.at(0.625) / 3.0 - 1.0).abs() < 1e-10);
}

/// One distribution of every family and form.
fn every_kind() -> Vec<Distribution> {
    let pairs = || Distribution::Metalog {
        probabilities: vec![0.05, 0.25, 0.5, 0.75, 0.95],
        values: vec![2.0, 5.0, 8.0, 13.0, 25.0],
    };
    let few = || Distribution::Discrete {
        values: vec![1.0, 2.0, 5.0],
        probabilities: vec![0.2, 0.5, 0.3],
    };
    let observations = || Distribution::Empirical {
        values: (0..50).map(|i| f64::from(i * i)).collect(),
    };
    vec![
        Distribution::Uniform { low: -1.0, high: 3.0 },
        Distribution::Triangular {
            low: 2.0,
            mode: 6.0,
            high: 12.0,
        },
        Distribution::Pert {
            low: 2.0,
            mode: 2.0,
            high: 10.0,
        },
        Distribution::Normal { mean: 10.0, sd: 3.0 },
        Distribution::Lognormal {
            median: 250.0,
            sigma: 0.7,
        },
        Distribution::Beta { a: 2.0, b: 5.0 },
        Distribution::Beta { a: 0.05, b: 0.08 },
        Distribution::Gamma { shape: 2.3, scale: 1.7 },
        Distribution::Gamma {
            shape: 0.05,
            scale: 2.0,
        },
        Distribution::Gamma { shape: 5e4, scale: 2.0 },
        Distribution::Student {
            df: 2.5,
            centre: 1.0,
            scale: 2.0,
        },
        Distribution::Weibull {
            shape: 0.8,
            scale: 20.0,
        },
        few(),
        observations(),
        pairs(),
        Distribution::Gumbel {
            mode: 1013.0,
            scale: 558.0,
        },
        truncated(Distribution::Gumbel { mode: 10.0, scale: 3.0 }, 8.0, 40.0),
        mirrored(),
        truncated(mirrored(), -20.0, 2.0),
        experts(),
        sometimes(),
        with_a_gap(),
        truncated(experts(), 3.0, 15.0),
        truncated(sometimes(), -1.0, 6.0),
        truncated(Distribution::Uniform { low: 0.0, high: 9.0 }, 2.0, 30.0),
        truncated(
            Distribution::Triangular {
                low: 0.0,
                mode: 1.0,
                high: 4.0,
            },
            0.5,
            3.0,
        ),
        truncated(
            Distribution::Pert {
                low: 0.0,
                mode: 1.0,
                high: 4.0,
            },
            0.5,
            3.0,
        ),
        truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, 6.0, f64::INFINITY),
        truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, f64::NEG_INFINITY, -30.0),
        truncated(
            Distribution::Lognormal {
                median: 1.0,
                sigma: 0.5,
            },
            0.5,
            2.0,
        ),
        truncated(Distribution::Gamma { shape: 0.3, scale: 1.0 }, 1e-3, 9.0),
        truncated(
            Distribution::Student {
                df: 3.0,
                centre: 0.0,
                scale: 1.0,
            },
            1.0,
            50.0,
        ),
        truncated(Distribution::Beta { a: 0.5, b: 0.5 }, 0.1, 0.95),
        truncated(
            Distribution::Weibull {
                shape: 1.5,
                scale: 20.0,
            },
            5.0,
            60.0,
        ),
        truncated(few(), 1.5, 9.0),
        truncated(observations(), 10.0, 1000.0),
        truncated(pairs(), 1.0, 20.0),
    ]
}

/// Rising uniforms over both tails and the centre, with neighbours on either side of every piece of the tables.
fn rising_uniforms() -> Vec<f64> {
    let tails =
        (1..=53).flat_map(|binade| (16..32_u64).map(move |step| step as f64 / 16.0 * power_of_half(binade + 1)));
    let lower = tails
        .flat_map(|tail| [tail - power_of_half(53), tail])
        .filter(|u| (power_of_half(53)..0.5).contains(u));
    let mut uniforms: Vec<f64> = lower
        .flat_map(|u| [u, 1.0 - u])
        .chain((1..1000).map(|i| f64::from(i) / 1000.0))
        .collect();
    uniforms.sort_by(f64::total_cmp);
    uniforms
}

#[test]
fn quantiles_rise_and_stay_inside_the_support() {
    let uniforms = rising_uniforms();
    for distribution in every_kind() {
        let quantile = quantile(&distribution);
        let (least, greatest) = distribution.support();
        let mut before = f64::NEG_INFINITY;
        let mut values = uniforms.clone();
        quantile.apply(&mut values);
        for (u, value) in uniforms.iter().copied().zip(values) {
            // Rounding in the last places may take back what a step of u adds; most where a table starts a new binade.
            let slack = 1e-13 * before.abs().max(value.abs());
            assert!(
                value >= before - slack || before == f64::NEG_INFINITY,
                "{distribution:?} falls at {u:e}"
            );
            assert!(
                (least..=greatest).contains(&value),
                "{distribution:?} at {u:e}: {value}"
            );
            before = value;
        }
    }
}

/// Probabilities below and above the computed value, by the distribution functions, must give back the uniform.
#[test]
fn tables_invert_the_distribution_function_at_every_node_and_between() {
    let standards = [
        Standard::Beta { a: 2.0, b: 5.0 },
        Standard::Beta { a: 0.4, b: 7.0 },
        Standard::Beta { a: 1.0, b: 1e5 },
        Standard::Gamma { shape: 0.7 },
        Standard::Gamma { shape: 9.5 },
        Standard::Student { df: 4.0 },
        Standard::Student { df: 1e6 },
    ];
    for standard in standards {
        let Ok(Family::Tabulated(family)) =
            Workshop::default().tabulated(standard, 0.0, 1.0, f64::NEG_INFINITY, f64::INFINITY)
        else {
            panic!("{standard:?} is tabulated")
        };
        let quantile = Quantile {
            family: Family::Tabulated(family),
            scale: None,
            bounds: None,
        };
        for binade in [1, 2, 3, 5, 9, 17, 33, 39] {
            for step in 0..64 {
                let tail = (1.0 + (f64::from(step) + 0.37) / 64.0) * power_of_half(binade + 1);
                let (below, _) = standard.tails(quantile.at(tail));
                assert!(
                    (below / tail - 1.0).abs() < 1e-9,
                    "{standard:?} below at {tail:e}: {below:e}"
                );
                let x = quantile.at(1.0 - tail);
                let (_, above) = standard.tails(x);
                // A bounded x cannot show a tail finer than its own last place near 1.
                let resolution = if matches!(standard, Standard::Beta { .. }) {
                    1e-12
                } else {
                    0.0
                };
                let error = (above - (1.0 - (1.0 - tail))).abs();
                assert!(
                    error < 1e-9 * tail + resolution,
                    "{standard:?} above at {tail:e}: {above:e}"
                );
            }
        }
    }
}

/// What a truncation leaves is the whole distribution between two probabilities.
#[test]
fn a_truncated_quantile_is_the_whole_one_at_the_probability_left() {
    let cases = [
        (Distribution::Beta { a: 0.5, b: 0.7 }, 0.1, 0.95),
        (Distribution::Beta { a: 4.0, b: 6.0 }, 0.2, 0.5),
        (Distribution::Gamma { shape: 0.3, scale: 2.0 }, 0.01, 5.0),
        (Distribution::Gamma { shape: 7.0, scale: 2.0 }, 3.0, 18.0),
        (
            Distribution::Student {
                df: 3.0,
                centre: 1.0,
                scale: 2.0,
            },
            -3.0,
            8.0,
        ),
        (
            Distribution::Triangular {
                low: 0.0,
                mode: 1.0,
                high: 4.0,
            },
            0.5,
            3.0,
        ),
        (
            Distribution::Lognormal {
                median: 3.0,
                sigma: 0.8,
            },
            1.0,
            20.0,
        ),
        (Distribution::Weibull { shape: 1.7, scale: 2.0 }, 0.3, 4.0),
        (
            Distribution::Metalog {
                probabilities: vec![0.1, 0.5, 0.9],
                values: vec![2.0, 5.0, 10.0],
            },
            1.0,
            12.0,
        ),
    ];
    for (distribution, min, max) in cases {
        let whole = quantile(&distribution);
        let cut = quantile(&truncated(distribution.clone(), min, max));
        let probability_of = |value: f64| {
            let (mut left, mut right) = (1e-15, 1.0 - 1e-15);
            for _ in 0..60 {
                let middle = 0.5 * (left + right);
                if whole.at(middle) < value {
                    left = middle
                } else {
                    right = middle
                }
            }
            0.5 * (left + right)
        };
        let (below, up_to) = (probability_of(min), probability_of(max));
        for u in [1e-6, 0.001, 0.1, 0.35, 0.5, 0.8, 0.99, 0.999_999] {
            let expected = whole.at(below + u * (up_to - below));
            let error = (cut.at(u) / expected - 1.0).abs();
            assert!(
                error < 1e-9,
                "{distribution:?} in [{min}, {max}] at {u}: {}, expected {expected}",
                cut.at(u)
            );
        }
    }
}

#[test]
fn far_truncations_keep_their_accuracy() {
    // Normal beyond 6: the median of what is left solves Q(z) = Q(6) / 2 (mpmath 1.3, 40 digits).
    let beyond = truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, 6.0, f64::INFINITY);
    let mirrored = truncated(Distribution::Normal { mean: 0.0, sd: 1.0 }, f64::NEG_INFINITY, -6.0);
    assert!(
        (quantile(&beyond).at(0.5) / MEDIAN_BEYOND_SIX - 1.0).abs() < 1e-12,
        "{}",
        quantile(&beyond).at(0.5)
    );
    assert!((quantile(&mirrored).at(0.5) / -MEDIAN_BEYOND_SIX - 1.0).abs() < 1e-12);
    // An exponential distribution forgets: beyond 30 it is 30 plus itself.
    let late = truncated(Distribution::Weibull { shape: 1.0, scale: 1.0 }, 30.0, f64::INFINITY);
    let late_gamma = truncated(Distribution::Gamma { shape: 1.0, scale: 1.0 }, 30.0, f64::INFINITY);
    for u in [1e-9_f64, 0.01, 0.5, 0.99, 0.999_999] {
        let expected = 30.0 - (-u).ln_1p();
        assert!((quantile(&late).at(u) / expected - 1.0).abs() < 1e-12, "weibull at {u}");
        assert!(
            (quantile(&late_gamma).at(u) / expected - 1.0).abs() < 1e-12,
            "gamma at {u}"
        );
    }
    // Near 0 a Weibull distribution is a power.
    let early = truncated(Distribution::Weibull { shape: 2.0, scale: 1.0 }, 0.0, 1e-8);
    assert!((quantile(&early).at(0.25) / 0.5e-8 - 1.0).abs() < 1e-12);
}

/// z with Q(z) = Q(6) / 2.
const MEDIAN_BEYOND_SIX: f64 = 6.111565061813439;

#[test]
fn steps_take_the_least_value_that_reaches_the_probability() {
    let few = quantile(&Distribution::Discrete {
        values: vec![1.0, 2.0, 5.0],
        probabilities: vec![0.25, 0.5, 0.25],
    });
    for (u, expected) in [
        (0.1, 1.0),
        (0.25, 1.0),
        (0.250_001, 2.0),
        (0.75, 2.0),
        (0.76, 5.0),
        (0.999, 5.0),
    ] {
        assert_eq!(few.at(u), expected, "at {u}");
    }
    let many = quantile(&Distribution::Discrete {
        values: (0..100).map(f64::from).collect(),
        probabilities: vec![0.01; 100],
    });
    for (u, expected) in [(1e-9, 0.0), (0.015, 1.0), (0.555, 55.0), (0.995, 99.0)] {
        assert_eq!(many.at(u), expected, "at {u}");
    }
    let observed = quantile(&Distribution::Empirical {
        values: vec![3.0, 3.0, 7.0, 8.0],
    });
    for (u, expected) in [
        (1e-16, 3.0),
        (0.5, 3.0),
        (0.51, 7.0),
        (0.75, 7.0),
        (0.76, 8.0),
        (1.0 - 1e-16, 8.0),
    ] {
        assert_eq!(observed.at(u), expected, "at {u}");
    }
    let cut = quantile(&truncated(
        Distribution::Discrete {
            values: vec![1.0, 2.0, 5.0],
            probabilities: vec![0.2, 0.6, 0.2],
        },
        1.5,
        9.0,
    ));
    assert_eq!((cut.at(0.74), cut.at(0.76)), (2.0, 5.0));
}

#[test]
fn the_median_stands_in_where_a_central_value_has_no_closed_form() {
    let gamma = central(&Distribution::Gamma { shape: 2.3, scale: 1.7 }).expect("possible");
    assert!((gamma / 3.360_263_073_433_381_4 - 1.0).abs() < 1e-9);
    assert_eq!(
        central(&Distribution::Pert {
            low: 0.0,
            mode: 1.0,
            high: 9.0
        }),
        Ok(1.0)
    );
    let cut = central(&truncated(Distribution::Normal { mean: 30.0, sd: 7.5 }, 15.0, 40.0)).expect("possible");
    assert!((cut / 29.355_683_964_474_736 - 1.0).abs() < 1e-9);
    assert!(central(&Distribution::Normal { mean: 0.0, sd: -1.0 }).is_err());
}

#[test]
fn inputs_of_the_same_shape_share_a_table() {
    let mut workshop = Workshop::default();
    let mut table_of = |distribution: &Distribution| match workshop.quantile(distribution) {
        Ok(Quantile {
            family: Family::Tabulated(Tabulated { table, .. }),
            ..
        }) => table,
        other => panic!("{other:?} has no table"),
    };
    let first = table_of(&Distribution::Pert {
        low: 0.0,
        mode: 1.0,
        high: 4.0,
    });
    let scaled = table_of(&Distribution::Pert {
        low: 10.0,
        mode: 20.0,
        high: 50.0,
    });
    let other = table_of(&Distribution::Pert {
        low: 0.0,
        mode: 2.0,
        high: 4.0,
    });
    assert!(Arc::ptr_eq(&first, &scaled) && !Arc::ptr_eq(&first, &other));
}
