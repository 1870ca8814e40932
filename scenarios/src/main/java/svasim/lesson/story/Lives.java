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

    Lives(Namer namer) {
        this.namer = namer;
    }

    void see(int step, Seen seen) {
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("pasid", seen.a());
            String process = namer.process(seen.b());
            one.put("process", process == null ? "" : process);
            pasids.add(one);
        } else if (seen.kind() == Kind.PASID_STATE) {
            int state = states().indexOf(String.valueOf(seen.subject()));
            life.add(List.of(step, seen.a(), state));
        }
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
