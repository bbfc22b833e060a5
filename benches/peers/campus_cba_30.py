"""The benchmark model (models/teaching/campus-cba-30) in numpy, over all draws at once.

python3 campus_cba_30.py idiomatic|tuned DRAWS SEED

`idiomatic` is what an economist writes: the formulas of the model, year by year, for each alternative. `tuned` works in pieces
that stay in the cache, replaces powers and exponentials by recurrences, and computes what alternatives share once.
Prints processor seconds for sampling, model and summary, the mean balances and the value of perfect information (million euro).
"""

import json
import sys
import time

import numpy as np

# Size of the campus, reach of the benefits, years of later start, size of the research.
ALTERNATIVES = [(0.15, 0.10, 0.0, 0.05), (0.6, 0.65, 2.0, 0.6), (1.0, 1.0, 4.0, 1.0), (1.1, 1.05, 6.0, 1.2)]
YEARS = 30
PIECE = 4096


def sample(draws, random):
    """Twenty inputs, each an array over the draws."""
    return dict(
        rate=random.triangular(0.016, 0.0225, 0.03, draws),
        investment=random.lognormal(np.log(250), 0.2, draws),
        overrun=random.triangular(0.9, 1.05, 1.6, draws),
        operating_share=random.uniform(0.01, 0.03, draws),
        delay=random.uniform(0, 3, draws),
        students=random.normal(8000, 800, draws),
        student_growth=random.normal(0.01, 0.01, draws),
        stay=random.beta(4, 6, draws),
        premium=random.lognormal(np.log(6), 0.3, draws),
        wage_growth=random.normal(0.01, 0.005, draws),
        spillover=random.lognormal(np.log(0.3), 0.5, draws),
        research=random.normal(40, 6, draws),
        density=random.triangular(0.01, 0.03, 0.08, draws),
        jobs=random.normal(3000, 500, draws),
        output=random.lognormal(np.log(80), 0.15, draws),
        deadweight=random.beta(3, 4, draws),
        displacement=random.beta(2, 5, draws),
        ramp=random.uniform(3, 10, draws),
        co2_growth=random.normal(0.03, 0.01, draws),
        co2=random.triangular(1, 3, 6, draws),
    )


def idiomatic(x):
    balances = []
    for campus, reach, later, research_size in ALTERNATIVES:
        cost = x["investment"] * x["overrun"] * campus
        building = 3.0 + 0.5 * later
        balance = 0.0
        for year in range(1, YEARS + 1):
            wages = (1 + x["wage_growth"]) ** year
            operating = np.maximum(0.0, year - building - x["delay"])
            occupancy = 1 - np.exp(-operating / x["ramp"])
            construction = cost / np.ceil(building) if year <= np.ceil(building) else 0.0
            operation = np.where(operating > 0, cost * x["operating_share"], 0.0)
            cohorts = x["students"] * (1 + x["student_growth"]) ** year
            human = 0.001 * cohorts * 0.25 * x["stay"] * x["premium"] * wages * reach
            knowledge = x["research"] * x["spillover"] * research_size * wages
            additional = x["jobs"] * (1 - x["deadweight"]) * (1 - x["displacement"])
            agglomeration = 0.001 * additional * x["output"] * wages * x["density"] * reach
            climate = x["co2"] * 0.1 * (1 + x["co2_growth"]) ** year * reach
            benefits = (human + knowledge + agglomeration + climate) * occupancy
            balance = balance + (benefits - construction - operation) / (1 + x["rate"]) ** year
        balances.append(balance)
    return np.array(balances)


def tuned(x):
    draws = len(x["rate"])
    balances = np.empty((len(ALTERNATIVES), draws))
    for first in range(0, draws, PIECE):
        piece = {name: values[first : first + PIECE] for name, values in x.items()}
        balances[:, first : first + PIECE] = tuned_piece(piece)
    return balances


def tuned_piece(x):
    total = x["investment"] * x["overrun"]
    operation = total * x["operating_share"]
    human = 0.00025 * x["students"] * x["stay"] * x["premium"]
    knowledge = x["research"] * x["spillover"]
    agglomeration = 0.001 * x["jobs"] * x["output"] * x["density"] * (1 - x["deadweight"]) * (1 - x["displacement"])
    climate = 0.1 * x["co2"]
    wages, carbon = 1 + x["wage_growth"], 1 + x["co2_growth"]
    human_growth = (1 + x["student_growth"]) * wages
    discount, decay = 1 / (1 + x["rate"]), np.exp(-1 / x["ramp"])
    factor = np.ones_like(total)
    balances = np.zeros((len(ALTERNATIVES), len(total)))
    empty = [None] * len(ALTERNATIVES)
    for year in range(1, YEARS + 1):
        factor *= discount
        human *= human_growth
        knowledge *= wages
        agglomeration *= wages
        climate *= carbon
        common = human + agglomeration + climate
        for k, (campus, reach, later, research_size) in enumerate(ALTERNATIVES):
            building = 3.0 + 0.5 * later
            years_of_building = np.ceil(building)
            value = 0.0
            if year <= years_of_building:
                value = total * (-campus / years_of_building)
            # Delays are between 0 and 3 years: before, nothing is open; after, everything is.
            if year > building + 4:
                empty[k] *= decay
                value = value + (common * reach + knowledge * research_size) * (1 - empty[k]) - operation * campus
            elif year > building:
                operating = year - building - x["delay"]
                open_ = operating > 0
                empty[k] = np.exp(np.minimum(-operating, 0) / x["ramp"])
                benefits = (common * reach + knowledge * research_size) * (1 - empty[k])
                value = value + np.where(open_, benefits - operation * campus, 0.0)
            balances[k] += factor * value
    return balances


def main(variant, draws, seed):
    model = {"idiomatic": idiomatic, "tuned": tuned}[variant]
    start = time.process_time()
    balances = model(sample(draws, np.random.default_rng(seed)))
    means = balances.mean(axis=1)
    np.quantile(balances, [0.05, 0.5, 0.95], axis=1)
    perfect_information = balances.max(axis=0).mean() - means.max()
    seconds = time.process_time() - start
    print(json.dumps(dict(seconds=seconds, means=means.tolist(), perfect_information=float(perfect_information))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
