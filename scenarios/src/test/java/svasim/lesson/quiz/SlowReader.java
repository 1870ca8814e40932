package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import svasim.pcie.tlp.Tlp;
import svasim.report.Seen;
import svasim.report.Subjects;
import svasim.trace.Kind;

/**
 * Judges each choice of a question by itself, from the text of the question and the observations,
 * from the first one on and without the templates.
 */
final class SlowReader {
    private static final long PAGE = 0xFFF;
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F000L;
    private static final Pattern OF_PASID = Pattern.compile("(0x[0-9a-f]+)(?: of PASID (\\d+))?");

    private final Reading reading;
    private final List<Seen> seen = new ArrayList<>();

    SlowReader(Reading reading) {
        this.reading = reading;
        for (int i = 0; i < reading.size(); i++) {
            seen.add(reading.at(i));
        }
    }

    boolean isRight(Question question, String choice) {
        return switch (question.template()) {
            case "next" -> next(question.step(), choice);
            case "why" -> hasLedTo(question.step(), choice);
            case "who" -> who(question.step()).equals(choice);
            case "state" -> state(question).equals(choice);
            case "atc" -> atc(question).equals(choice);
            case "holds" -> holds(question.step(), choice);
            case "message" -> answeringPacket(question.step() - 1).equals(choice);
            case "invalidations" -> completed(question.step() - 1) == Integer.parseInt(choice);
            case "walk" -> WalkLength.words((int) reads(question.step() - 1)).equals(choice);
            case "iotlb" -> choice.startsWith(misses(question.step() - 1) ? "No" : "Yes");
            case "word" -> changes(question.step(), choice);
            default -> throw new IllegalArgumentException(question.template());
        };
    }

    /** Whether the simple view goes on with this; what soon follows is no wrong choice either. */
    private boolean next(int step, String choice) {
        int shown = 0;
        for (int i = step; i < seen.size() && shown < 5; i++) {
            if (reading.simple().contains(i)) {
                shown++;
                if (reading.tell(i).equals(choice)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int position(long id) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    private boolean hasLedTo(int step, String choice) {
        int at = position(seen.get(step).cause());
        while (at >= 0) {
            if (choice.equals("Because " + reading.why(at) + ".")) {
                return true;
            }
            at = position(seen.get(at).cause());
        }
        return false;
    }

    /** By the lane; what programs do is told in theirs, as what the kernel does for them. */
    private String who(int step) {
        Kind kind = seen.get(step).kind();
        String lane = reading.lane(step);
        if (kind == Kind.CPU_FAULT || kind == Kind.ENQUEUED) {
            return "the program, on a core";
        }
        if (lane.startsWith("iommu")) {
            return "the IOMMU";
        }
        return lane.matches("(dsa|card|zip|gpu|nic|rogue)\\d.*") ? "the device" : "the kernel";
    }

    private String state(Question question) {
        Matcher pasid = Pattern.compile("PASID (\\d+)").matcher(question.question());
        pasid.find();
        String state = "";
        for (Seen one : seen.subList(0, question.step())) {
            if (one.kind() == Kind.PASID_STATE && one.a() == Long.parseLong(pasid.group(1))) {
                state = one.subject().toString();
            }
        }
        return state;
    }

    private static boolean isOf(Seen one, String text) {
        Matcher page = OF_PASID.matcher(text);
        page.find();
        long pasid = page.group(2) == null ? -1 : Long.parseLong(page.group(2));
        return one.a() == pasid && (one.b() & ~PAGE) == Long.decode(page.group(1));
    }

    private String atc(Question question) {
        String text = question.question().substring(question.question().indexOf("page 0x"));
        if (seen.get(question.step()).kind() == Kind.ATC_HIT) {
            return AtcLookUp.HIT;
        }
        for (Seen one : seen.subList(question.step(), seen.size())) {
            if (one.kind() == Kind.TRANSLATED && isOf(one, text)) {
                return AtcLookUp.FOUND;
            }
            if (one.kind() == Kind.TRANSLATION_FAULTED && isOf(one, text)) {
                return AtcLookUp.ABSENT;
            }
        }
        return "";
    }

    /**
     * Replays what the device gets and forgets; what it throws away for want of room is not told.
     */
    private boolean holds(int step, String choice) {
        int lane = seen.get(step - 1).lane();
        boolean held = false;
        for (Seen one : seen.subList(0, step)) {
            if (one.lane() == lane && one.kind() == Kind.ATC_FILLED && isOf(one, choice)) {
                held = true;
            }
            boolean all = one.b() >= EVERYTHING;
            if (one.lane() == lane
                    && one.kind() == Kind.ATC_INVALIDATED
                    && (isOf(one, choice) || all)) {
                held = false;
            }
        }
        return held;
    }

    /** As PCI Express says, if such a packet arrives at all. */
    private String answeringPacket(int asked) {
        Seen question = seen.get(asked);
        for (Seen one : seen.subList(asked, seen.size())) {
            if (one.kind() != Kind.TLP_RECEIVED) {
                continue;
            }
            if (question.kind() == Kind.PAGE_REQUESTED
                    && one.subject() instanceof Tlp.PageGroupResponse response
                    && response.prgIndex() == question.c()) {
                return "Page Group Response";
            }
            if (question.kind() == Kind.INVALIDATION_SENT
                    && one.subject() instanceof Tlp.InvalidateCompletion) {
                return "Invalidate Completion";
            }
            if (question.kind() == Kind.ATC_MISS
                    && one.subject() instanceof Tlp.Completion completion
                    && completion.data().length > 0) {
                return "a completion with data (CplD)";
            }
        }
        return "";
    }

    private int completed(int begin) {
        Seen range = seen.get(begin);
        int completed = 0;
        for (Seen one : seen.subList(begin, seen.size())) {
            if (one.kind() == Kind.INVALIDATION_COMPLETED) {
                completed++;
            }
            if (one.kind() == Kind.RANGE_INVALIDATED && one.b() == range.b()) {
                return completed;
            }
        }
        return -1;
    }

    /** All that a step led to, in any way. */
    private List<Seen> following(int begin) {
        Set<Long> led = new HashSet<>(Set.of(seen.get(begin).id()));
        List<Seen> following = new ArrayList<>();
        for (Seen one : seen.subList(begin + 1, seen.size())) {
            if (led.contains(one.cause())) {
                led.add(one.id());
                following.add(one);
                if (one.kind() == Kind.TRANSLATED || one.kind() == Kind.TRANSLATION_FAULTED) {
                    return following;
                }
            }
        }
        return following;
    }

    private long reads(int begin) {
        return following(begin).stream().filter(one -> one.kind() == Kind.WALK_READ).count();
    }

    private boolean misses(int begin) {
        return reads(begin) > 0
                || following(begin).stream().anyMatch(one -> one.kind() == Kind.TRANSLATION_MISSED);
    }

    private boolean changes(int step, String choice) {
        Set<Long> own = new HashSet<>(Set.of(seen.get(step).id()));
        for (Seen one : seen.subList(step + 1, seen.size())) {
            if (own.contains(one.cause()) && one.kind() != Kind.STEP) {
                own.add(one.id());
                if (one.kind() == Kind.TABLE_WRITTEN
                        && choice.equals(TableWord.words(taken(step, one.a())))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the frame of an address was taken for last. */
    private String taken(int before, long pa) {
        String use = "";
        for (Seen one : seen.subList(0, before)) {
            if (one.kind() == Kind.FRAME_ALLOCATED && one.a() == (pa & ~PAGE)) {
                use = Subjects.use(one.subject());
            }
        }
        return use;
    }
}
