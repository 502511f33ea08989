package io.kairos.test.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A connected random graph: a random tree and some edges more. */
final class Graph {

    private final List<Set<Integer>> neighbours = new ArrayList<>();

    Graph(int size, int extra, Random random) {
        for (int i = 0; i < size; i++) {
            neighbours.add(new TreeSet<>());
        }
        for (int i = 1; i < size; i++) {
            join(i, random.nextInt(i));
        }
        for (int added = 0; added < extra; ) {
            int left = random.nextInt(size);
            int right = random.nextInt(size);
            if (left != right && !neighbours.get(left).contains(right)) {
                join(left, right);
                added++;
            }
        }
    }

    private void join(int left, int right) {
        neighbours.get(left).add(right);
        neighbours.get(right).add(left);
    }

    /** Each edge once, the smaller end first. */
    List<int[]> edges() {
        List<int[]> edges = new ArrayList<>();
        for (int left = 0; left < neighbours.size(); left++) {
            for (int right : neighbours.get(left)) {
                if (left < right) {
                    edges.add(new int[] {left, right});
                }
            }
        }
        return edges;
    }

    /** Fewest edges to every node. */
    int[] distances(int from) {
        int[] distances = new int[neighbours.size()];
        Arrays.fill(distances, -1);
        distances[from] = 0;
        Queue<Integer> reached = new ArrayDeque<>(List.of(from));
        while (!reached.isEmpty()) {
            int at = reached.remove();
            for (int next : neighbours.get(at)) {
                if (distances[next] < 0) {
                    distances[next] = distances[at] + 1;
                    reached.add(next);
                }
            }
        }
        return distances;
    }
}
