package svasim.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * The life of the PASIDs of a run on one screen: every station of a PASID, and the first few of
 * what happened around it.
 */
public final class Life implements Listener {
    private static final int KEPT_STATIONS = 24;
    private static final int KEPT_OTHERS = 2;

    /** Always of interest. */
    private static final Set<Kind> STATIONS =
            EnumSet.of(
                    Kind.PASID_ALLOCATED,
                    Kind.BOUND,
                    Kind.BIND_REFUSED,
                    Kind.CUT,
                    Kind.DEVICE_STOPPED,
                    Kind.DRAINED,
                    Kind.UNBOUND,
                    Kind.PASID_FREED,
                    Kind.DEVICE_ASSIGNED,
                    Kind.DEVICE_UNASSIGNED,
                    Kind.SIGNAL,
                    Kind.MM_EXITING,
                    Kind.MM_FREED,
                    Kind.VIOLATION);

    /** Of interest for the first few times. */
    private static final Set<Kind> OTHERS =
            EnumSet.of(
                    Kind.FILE_RELEASED,
                    Kind.WORK_ACCEPTED,
                    Kind.WORK_REFUSED,
                    Kind.ATC_MISS,
                    Kind.TRANSLATION_FAULTED,
                    Kind.PAGE_REQUEST_QUEUED,
                    Kind.PAGE_REQUEST_ANSWERED,
                    Kind.ATC_FILLED,
                    Kind.RANGE_INVALIDATE,
                    Kind.INVALIDATION_SENT,
                    Kind.INVALIDATION_COMPLETED,
                    Kind.TLP_DROPPED,
                    Kind.FAULT_INJECTED,
                    Kind.ERROR_FOUND,
                    Kind.ERROR_LOGGED,
                    Kind.LINK_STATE,
                    Kind.LINK_REPLAYED,
                    Kind.INVALIDATION_GIVEN_UP,
                    Kind.STRAGGLED,
                    Kind.WORK_DONE);

    private final Trace trace;
    private final Sentences sentences;
    private final List<String> lines = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    public Life(Trace trace, Sentences sentences) {
        this.trace = trace;
        this.sentences = sentences;
    }

    @Override
    public boolean wants(Kind kind) {
        return STATIONS.contains(kind) || OTHERS.contains(kind);
    }

    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public void on(Seen seen) {
        int count = counts.merge(seen.kind(), 1, Integer::sum);
        if (count <= kept(seen.kind())) {
            lines.add(
                    String.format(
                            "%14s  %-10s %s",
                            Times.micros(seen.timePs()),
                            trace.laneName(seen.lane()),
                            sentences.tell(seen)));
        }
    }

    private static int kept(Kind kind) {
        return STATIONS.contains(kind) ? KEPT_STATIONS : KEPT_OTHERS;
    }

    /** The stations in the order of time, then how often what was left out happened. */
    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        counts.forEach(
                (kind, count) -> {
                    if (count > kept(kind)) {
                        all.add(
                                String.format(
                                        "%14s  %-10s %s",
                                        "",
                                        count - kept(kind) + " more:",
                                        sentences.inGeneral(kind)));
                    }
                });
        return all;
    }
}
