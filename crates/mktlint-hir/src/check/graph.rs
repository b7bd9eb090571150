//! What needs what, by number.

/// The circles of a graph and an order that respects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circles {
    /// Each number once, behind everything that it needs and that does not need it.
    pub order: Vec<usize>,
    /// For each circle the way round it from its smallest member, which is not repeated at the end. Of circles that
    /// share a member only one, the shortest through the smallest.
    pub ways: Vec<Vec<usize>>,
    /// Whether a number is in a circle.
    pub is_in_one: Vec<bool>,
}

/// The circles of the graph in which number `i` needs `needs[i]`, in linear time and without recursion.
///
/// A search of its own from every number would take the square of a long chain.
pub fn circles(needs: &[Vec<usize>]) -> Circles {
    let order = dependencies_first(needs);
    let mut is_in_one = vec![false; needs.len()];
    let mut ways = Vec::new();
    for group in groups(needs, &order) {
        let is_circle = match group.as_slice() {
            [alone] => of(needs, *alone).contains(alone),
            _ => true,
        };
        if is_circle {
            group.iter().for_each(|member| is_in_one[*member] = true);
            ways.extend(way_round(needs, &group));
        }
    }
    ways.sort();
    Circles { order, ways, is_in_one }
}

fn of(needs: &[Vec<usize>], number: usize) -> &[usize] {
    needs.get(number).map_or(&[], Vec::as_slice)
}

/// Each number behind what it needs, as far as there are no circles.
fn dependencies_first(needs: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(needs.len());
    let mut is_seen = vec![false; needs.len()];
    for start in 0..needs.len() {
        let mut stack = vec![(start, 0)];
        while let Some((at, n_done)) = stack.pop() {
            if n_done == 0 && std::mem::replace(&mut is_seen[at], true) {
                continue;
            }
            match of(needs, at).get(n_done) {
                Some(next) => stack.extend([(at, n_done + 1), (*next, 0)]),
                None => order.push(at),
            }
        }
    }
    order
}

/// The numbers that need each other, together (Kosaraju): those that reach the last of `order` backwards, then those
/// that reach the last of the rest, and so on.
fn groups(needs: &[Vec<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (from, list) in needs.iter().enumerate() {
        list.iter().for_each(|to| needed_by[*to].push(from));
    }
    let mut is_taken = vec![false; needs.len()];
    let mut groups = Vec::new();
    for &root in order.iter().rev() {
        let mut group = Vec::new();
        let mut stack = vec![root];
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut is_taken[at], true) {
                group.push(at);
                stack.extend(of(&needed_by, at));
            }
        }
        if !group.is_empty() {
            group.sort_unstable();
            groups.push(group);
        }
    }
    groups
}

/// The shortest way from the first of a sorted group back to it.
fn way_round(needs: &[Vec<usize>], group: &[usize]) -> Option<Vec<usize>> {
    let start = *group.first()?;
    let mut came_from = vec![None; group.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &next in of(needs, at) {
            if next == start {
                return Some(trail(group, &came_from, at));
            }
            if let Ok(slot) = group.binary_search(&next)
                && came_from[slot].is_none()
            {
                came_from[slot] = Some(at);
                queue.push_back(next);
            }
        }
    }
    None
}

/// How `at` was reached from the first of the group.
fn trail(group: &[usize], came_from: &[Option<usize>], mut at: usize) -> Vec<usize> {
    let mut trail = vec![at];
    while let Some(before) = group.binary_search(&at).ok().and_then(|slot| came_from[slot]) {
        trail.push(before);
        at = before;
    }
    trail.reverse();
    trail
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(needs: &[&[usize]], order: &[usize], ways: &[&[usize]]) {
        let found = circles(&needs.iter().map(|list| list.to_vec()).collect::<Vec<_>>());
        assert_eq!(
            (found.order.as_slice(), found.ways),
            (order, ways.iter().map(|way| way.to_vec()).collect())
        );
    }

    #[test]
    fn what_is_needed_comes_first() {
        check(&[&[1, 2], &[2], &[]], &[2, 1, 0], &[]);
        check(&[&[], &[0], &[0, 1]], &[0, 1, 2], &[]);
    }

    #[test]
    fn a_circle_is_told_once() {
        check(&[&[0]], &[0], &[&[0]]);
        check(&[&[1], &[2], &[1]], &[2, 1, 0], &[&[1, 2]]);
        check(&[&[1], &[0], &[3], &[2, 0]], &[1, 0, 3, 2], &[&[0, 1], &[2, 3]]);
    }

    #[test]
    fn the_shortest_way_round_is_told() {
        check(&[&[1, 2], &[2], &[0]], &[2, 1, 0], &[&[0, 2]]);
    }

    #[test]
    fn a_chain_of_a_million_is_no_burden() {
        let n = 1_000_000;
        let chain: Vec<Vec<usize>> = (0..n).map(|i| vec![(i + 1) % n]).collect();
        let found = circles(&chain);
        assert_eq!((found.ways.len(), found.ways[0].len()), (1, n));
    }
}
