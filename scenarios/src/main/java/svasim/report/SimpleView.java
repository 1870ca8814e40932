package svasim.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * What a teacher would tell of a run. Of the observations that have a sentence for learners those
 * are left out that come before the first program starts, and those that repeat what was told since
 * the story took its last turn: a look-up for the next line of a page, a poll, the next command in
 * a queue.
 */
public final class SimpleView {
    private static final String PROGRAMS_START = "kernel_init/start processes";
    private static final int PAGE_SHIFT = 12;
    private static final long NO_PAGE = -1;
    private static final long NOBODY = -1;

    private record Thing(Object what, int lane, long pasid, long page) {
        Thing again() {
            return new Thing(this, 0, 0, page);
        }
    }

    private final Sentences sentences;
    private final Set<Thing> told = new HashSet<>();
    private final Map<Long, Long> owners = new HashMap<>();
    private boolean begun;

    public SimpleView(Sentences sentences) {
        this.sentences = sentences;
    }

    /** Has to be asked for each observation in its turn; null if it is not told. */
    public String tell(Seen seen) {
        pass(seen);
        String sentence = begun ? sentences.simple(seen, mm(seen)) : null;
        if (sentence == null) {
            return null;
        }
        if (turns(seen)) {
            told.removeIf(thing -> thing.page != NO_PAGE);
        }
        Thing thing = thing(seen);
        boolean news = told.add(thing) || isUntranslated(seen) && told.add(thing.again());
        return news ? sentence : null;
    }

    /** Of these the second one of a page shows what a cache saves. */
    private static boolean isUntranslated(Seen seen) {
        return seen.subject() instanceof Tlp.MemoryRequest request
                && request.addressType() == AddressType.UNTRANSLATED
                && (seen.kind() == Kind.TRANSLATION_STARTED || seen.kind() == Kind.TRANSLATED);
    }

    /** Of an observation before the part of the run that is told. */
    public void pass(Seen seen) {
        begun |= begins(seen);
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            owners.put(seen.a(), seen.b());
        }
    }

    /** Name of the buffer that a device's look-up is for; null if it is in none. */
    public String buffer(Seen lookUp) {
        return sentences.namer().buffer(mm(lookUp), lookUp.b());
    }

    private long mm(Seen seen) {
        List<String> fields = seen.kind().fields();
        int mm = fields.indexOf("mm");
        int pasid = fields.indexOf("pasid");
        return mm >= 0
                ? seen.field(mm)
                : pasid >= 0 ? owners.getOrDefault(seen.field(pasid), NOBODY) : NOBODY;
    }

    private static boolean begins(Seen seen) {
        return seen.kind() == Kind.TASK_STARTED && seen.b() >= 0
                || Subjects.text(seen.subject()).equals(PROGRAMS_START);
    }

    /** After new work, a page that came or one that went, the same page is another matter. */
    private static boolean turns(Seen seen) {
        return switch (seen.kind()) {
            case WORK_ACCEPTED, PAGE_UNMAPPED -> true;
            case PAGE_REQUEST_ANSWERED -> seen.c() == 0;
            default -> false;
        };
    }

    private static Thing thing(Seen seen) {
        return switch (seen.kind()) {
            case STEP, INTERRUPT, FRAME_FREED -> new Thing(seen.subject(), 0, 0, NO_PAGE);
            case PAGE_MAPPED, PAGE_UNMAPPED, CPU_FAULT ->
                    new Thing(seen.kind(), seen.lane(), seen.a(), NO_PAGE);
            case TRANSLATION_MISSED, ATC_FILLED, COMMAND_EXECUTED, WAIT_COMPLETED ->
                    new Thing(seen.kind(), 0, 0, NO_PAGE);
            case TRANSLATION_STARTED ->
                    new Thing(
                            Subjects.isTranslated(seen.subject()),
                            0,
                            0,
                            isUntranslated(seen) ? page(seen) : NO_PAGE);
            case ATC_MISS, ATC_HIT, TRANSLATED, TRANSLATION_FAULTED, PAGE_REQUESTED ->
                    new Thing(seen.kind(), 0, seen.a(), page(seen));
            case DMA_READ, DMA_WRITE -> new Thing(seen.kind(), 0, seen.c(), seen.a() >> PAGE_SHIFT);
            case PAGE_REQUEST_ANSWERED, PAGE_GROUP_ANSWERED ->
                    new Thing(seen.kind(), 0, seen.a(), seen.c());
            default -> new Thing(seen, 0, 0, NO_PAGE);
        };
    }

    private static long page(Seen seen) {
        return seen.b() >> PAGE_SHIFT;
    }
}
