//! Where labels go so that none lies on another.

use super::sheet::At;

/// A box that a label fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Room {
    fn overlaps(&self, other: &Room) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn lies_in(&self, other: &Room) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }

    /// The middle half of its height: a line there strikes the letters through, above or below it only touches them.
    fn core(&self) -> Room {
        let quarter = (self.bottom - self.top) / 4.0;
        Room { top: self.top + quarter, bottom: self.bottom - quarter, ..*self }
    }

    /// Whether a straight line passes through it (Liang–Barsky clipping).
    fn crossed_by(&self, (from, to): (At, At)) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        for (direction, distance) in
            [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)]
        {
            if direction == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if direction < 0.0 {
                enter = enter.max(distance / direction);
            } else {
                leave = leave.min(distance / direction);
            }
        }
        enter <= leave
    }
}

/// What is already on a plot.
pub struct Labels {
    bounds: Room,
    taken: Vec<Room>,
    lines: Vec<(At, At)>,
    labelled: Vec<At>,
}

impl Labels {
    /// Nothing yet, within bounds.
    pub fn within(bounds: Room) -> Self {
        Self { bounds, taken: Vec::new(), lines: Vec::new(), labelled: Vec::new() }
    }

    /// A line that labels should rather not lie on.
    pub fn avoid(&mut self, points: &[At]) {
        self.lines.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
    }

    /// A box that no label may lie on.
    pub fn take(&mut self, room: Room) {
        self.taken.push(room);
    }

    /// Remembers that a point has its label.
    pub fn label(&mut self, point: At) {
        self.labelled.push(point);
    }

    /// Whether a point has its label.
    pub fn is_labelled(&self, point: At) -> bool {
        self.labelled.contains(&point)
    }

    /// The best of several places, and takes it: where the fewest lines strike a label through,
    /// then where the fewest touch it, then the first. `None` when each lies on another label
    /// or outside the bounds.
    pub fn place(&mut self, places: &[Room]) -> Option<usize> {
        let (_, _, best) = self.ranked(places)?;
        self.taken.push(places[best]);
        Some(best)
    }

    /// The same for a label that can be done without: `None` also when a line strikes it through everywhere.
    pub fn place_clear(&mut self, places: &[Room]) -> Option<usize> {
        let (_, _, best) = self.ranked(places).filter(|(struck, _, _)| *struck == 0)?;
        self.taken.push(places[best]);
        Some(best)
    }

    /// The best place, after how many lines strike a label there through and how many touch it.
    fn ranked(&self, places: &[Room]) -> Option<(usize, usize, usize)> {
        let free = |room: &Room| room.lies_in(&self.bounds) && !self.taken.iter().any(|taken| taken.overlaps(room));
        let crossed = |room: &Room| self.lines.iter().filter(|line| room.crossed_by(**line)).count();
        (0..places.len())
            .filter(|at| free(&places[*at]))
            .map(|at| (crossed(&places[at].core()), crossed(&places[at]), at))
            .min()
    }
}

/// Moves positions apart to at least `gap`, each as little as possible, within
/// `low..=high`; the order of the input is kept in the output. When there is not room
/// enough the gap shrinks.
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let steps = (wanted.len() - 1) as f64;
    let gap = if steps > 0.0 { gap.min((high - low).max(0.0) / steps) } else { gap };
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // With the gaps taken out, the nearest sorted positions are means of pooled neighbours.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (rank, &at) in order.iter().enumerate() {
        pools.push((wanted[at] - rank as f64 * gap, 1.0));
        while let [.., (before, weight), (after, more)] = pools[..] {
            if before <= after {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push(((before * weight + after * more) / (weight + more), weight + more));
        }
    }
    let sorted = pools.iter().flat_map(|&(mean, weight)| std::iter::repeat_n(mean, weight as usize));
    let mut placed = vec![0.0; wanted.len()];
    for ((rank, &at), position) in order.iter().enumerate().zip(sorted) {
        placed[at] = position.clamp(low, (high - steps * gap).max(low)) + rank as f64 * gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(left: f64, top: f64) -> Room {
        Room { left, top, right: left + 10.0, bottom: top + 10.0 }
    }

    #[test]
    fn a_label_takes_the_first_free_place() {
        let mut labels = Labels::within(Room { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 });
        assert_eq!(labels.place(&[room(10.0, 10.0), room(40.0, 10.0)]), Some(0));
        assert_eq!(labels.place(&[room(15.0, 10.0), room(40.0, 10.0)]), Some(1));
        assert_eq!(labels.place(&[room(15.0, 10.0), room(95.0, 10.0)]), None);
    }

    #[test]
    fn a_label_rather_goes_where_no_line_passes() {
        let mut labels = Labels::within(Room { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 });
        labels.avoid(&[(0.0, 15.0), (100.0, 15.0)]);
        assert_eq!(labels.place(&[room(10.0, 10.0), room(10.0, 40.0)]), Some(1));
    }

    #[test]
    fn a_label_that_finds_no_clear_place_is_touched_rather_than_struck_through() {
        let mut labels = Labels::within(Room { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 });
        labels.avoid(&[(0.0, 15.0), (100.0, 15.0)]);
        labels.avoid(&[(0.0, 41.0), (100.0, 41.0)]);
        labels.avoid(&[(0.0, 49.0), (100.0, 49.0)]);
        assert_eq!(labels.place(&[room(10.0, 10.0), room(10.0, 40.0)]), Some(1));
        assert_eq!(labels.place_clear(&[room(50.0, 10.0)]), None);
        assert_eq!(labels.place_clear(&[room(50.0, 40.0)]), Some(0));
    }

    #[test]
    fn positions_are_spread_as_little_as_possible() {
        assert_eq!(spread(&[50.0, 50.0, 90.0], 10.0, 0.0, 100.0), [45.0, 55.0, 90.0]);
        assert_eq!(spread(&[99.0, 100.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 80.0, 0.0, 100.0), [0.0, 50.0, 100.0]);
    }
}
