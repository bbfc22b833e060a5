//! What must be true of every layout: nothing lies over anything else, and every arrow ends where it should.
use super::{Arrow, Box, Frame, Layout, Spacing, lay_out};

fn spacing(groups: usize) -> Spacing {
    Spacing {
        between: 10.0,
        gap: 50.0,
        port: 8.0,
        inside: 12.0,
        outside: 14.0,
        titles: vec![80.0; groups],
        title_height: 20.0,
    }
}

fn apart(a: &Frame, b: &Frame) -> bool {
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
}

fn within(inner: &Frame, outer: &Frame) -> bool {
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
}

/// Boxes and arrows from a plain congruential sequence: the same for the same seed.
fn random(seed: u64, boxes: usize, arrows: usize, groups: usize) -> (Vec<Box>, Vec<Arrow>) {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let boxes: Vec<Box> = (0..boxes)
        .map(|_| Box {
            width: 100.0,
            height: 20.0 + next(30) as f64,
            group: next(groups),
        })
        .collect();
    let arrows = (0..arrows)
        .map(|_| Arrow {
            from: next(boxes.len()),
            to: next(boxes.len()),
            weight: next(3),
            manner: next(2),
        })
        .collect();
    (boxes, arrows)
}

fn assert_sound(layout: &Layout, boxes: &[Box], arrows: &[Arrow]) {
    for (number, frame) in layout.boxes.iter().enumerate() {
        for other in &layout.boxes[number + 1..] {
            assert!(apart(frame, other), "{frame:?} lies over {other:?}");
        }
        for (group, around) in layout.groups.iter().enumerate() {
            let Some(around) = around else { continue };
            let own = boxes[number].group == group;
            assert!(
                if own {
                    within(frame, around)
                } else {
                    apart(frame, around)
                },
                "group {group}"
            );
        }
    }
    let framed: Vec<&Frame> = layout.groups.iter().flatten().collect();
    for (number, frame) in framed.iter().enumerate() {
        assert!(framed[number + 1..].iter().all(|other| apart(frame, other)));
        assert!(frame.left >= 0.0 && frame.top >= 0.0, "{frame:?}");
        assert!(
            frame.right <= layout.width + 1e-9 && frame.bottom <= layout.height + 20.0,
            "{frame:?}"
        );
    }
    for (arrow, route) in arrows.iter().zip(&layout.routes) {
        if arrow.from == arrow.to {
            assert!(route.is_empty());
            continue;
        }
        let touches = |point: (f64, f64), frame: &Frame| {
            (point.0 == frame.left || point.0 == frame.right) && (frame.top..=frame.bottom).contains(&point.1)
        };
        assert!(touches(route[0], &layout.boxes[arrow.from]), "{arrow:?}");
        assert!(touches(route[route.len() - 1], &layout.boxes[arrow.to]), "{arrow:?}");
        // Level pieces are those that pass a column: none of them goes through a box.
        for pair in route.windows(2).filter(|pair| pair[0].1 == pair[1].1) {
            let (left, right) = (pair[0].0.min(pair[1].0), pair[0].0.max(pair[1].0));
            for frame in &layout.boxes {
                let inside =
                    pair[0].1 > frame.top && pair[0].1 < frame.bottom && left < frame.right && right > frame.left;
                assert!(!inside, "{arrow:?} passes through {frame:?}");
            }
        }
    }
}

#[test]
fn nothing_lies_over_anything_else_whatever_the_graph() {
    for seed in 0..60 {
        let (boxes, arrows) = random(seed, 3 + seed as usize % 25, seed as usize, 1 + seed as usize % 5);
        let layout = lay_out(&boxes, &arrows, &spacing(1 + seed as usize % 5));
        assert_sound(&layout, &boxes, &arrows);
    }
}

#[test]
fn arrows_go_to_the_right_except_those_that_close_a_circle() {
    let boxes = vec![
        Box {
            width: 100.0,
            height: 20.0,
            group: 0
        };
        3
    ];
    let arrow = |from, to, weight| Arrow {
        from,
        to,
        weight,
        manner: 0,
    };
    // The lightest arrow of the circle goes back, wherever it stands in the list.
    let arrows = [arrow(2, 0, 0), arrow(0, 1, 1), arrow(1, 2, 1)];
    let layout = lay_out(&boxes, &arrows, &spacing(1));
    assert!(layout.boxes[0].right < layout.boxes[1].left && layout.boxes[1].right < layout.boxes[2].left);
    let back = &layout.routes[0];
    assert!(back[0].0 > back[back.len() - 1].0);
    assert_sound(&layout, &boxes, &arrows);
}

#[test]
fn nothing_at_all_and_a_single_box_have_a_layout() {
    assert_eq!(lay_out(&[], &[], &spacing(0)).boxes.len(), 0);
    let (boxes, _) = random(1, 1, 0, 1);
    let layout = lay_out(&boxes, &[], &spacing(1)).transposed();
    assert!(layout.width >= 20.0 && layout.height >= 100.0);
}

#[test]
fn the_same_graph_has_the_same_layout() {
    let (boxes, arrows) = random(7, 20, 40, 3);
    let show = || format!("{:?}", lay_out(&boxes, &arrows, &spacing(3)));
    assert_eq!(show(), show());
}
