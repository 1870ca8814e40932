package svasim.lesson.story;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.os.sva.PasidState;
import svasim.report.Namer;
import svasim.report.Seen;
import svasim.trace.Kind;

/** The states of PASIDs, and who owns them. */
final class Lives {
    private final Namer namer;
    private final List<Object> pasids = new ArrayList<>();
    private final List<Object> life = new ArrayList<>();

    /** What is not freed before the story begins. */
    private final Map<Long, Life> alive = new LinkedHashMap<>();

    private record Life(String process, int state) {}

    Lives(Namer namer) {
        this.namer = namer;
    }

    /**
     * Takes the next observation.
     *
     * @param step negative before the story begins
     * @param raw as it was told
     * @param seen with the story's numbers
     */
    void see(int step, Seen raw, Seen seen) {
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            String process = namer.in(raw.lane()).process(raw.b());
            owner(step, seen.a(), process == null ? "" : process);
        } else if (seen.kind() == Kind.PASID_STATE) {
            state(step, seen.a(), states().indexOf(String.valueOf(seen.subject())));
        }
    }

    private void owner(int step, long pasid, String process) {
        if (step < 0) {
            alive.put(pasid, new Life(process, -1));
            return;
        }
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("pasid", pasid);
        one.put("process", process);
        pasids.add(one);
    }

    private void state(int step, long pasid, int state) {
        if (step >= 0) {
            life.add(List.of(step, pasid, state));
        } else if (state == PasidState.FREED.ordinal()) {
            alive.remove(pasid);
        } else {
            alive.computeIfPresent(pasid, (p, life) -> new Life(life.process, state));
        }
    }

    /** The story begins: what lives now has begun before. */
    void begin() {
        alive.forEach(
                (pasid, one) -> {
                    owner(0, pasid, one.process);
                    if (one.state >= 0) {
                        life.add(List.of(-1, pasid, one.state));
                    }
                });
    }

    List<Object> pasids() {
        return pasids;
    }

    List<Object> life() {
        return life;
    }

    static List<String> states() {
        List<String> words = new ArrayList<>();
        for (PasidState state : PasidState.values()) {
            words.add(state.toString());
        }
        return words;
    }

    /** Which state can follow which; a number that is free can be allocated again. */
    static List<List<String>> moves() {
        List<List<String>> moves = new ArrayList<>();
        for (PasidState from : PasidState.values()) {
            for (PasidState to : PasidState.values()) {
                if (from.canBecome(to)) {
                    moves.add(List.of(from.toString(), to.toString()));
                }
            }
        }
        moves.add(List.of(PasidState.FREED.toString(), PasidState.ALLOCATED.toString()));
        return moves;
    }
}
