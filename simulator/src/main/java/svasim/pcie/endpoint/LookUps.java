package svasim.pcie.endpoint;

import svasim.kernel.EventHandler;

/** Look-ups in the ATC, which take time: in the cache of the stream first, if there is one. */
final class LookUps implements EventHandler {
    /** Kinds of event: a look-up in the common cache, or in that of a stream, is over. */
    private static final int COMMON = 0;

    private static final int FIRST_LEVEL = 1;

    private final Wiring wiring;
    private final Accesses accesses;
    private final Translator translator;
    private final Course course;
    private final long commonPs;
    private final long firstPs;

    LookUps(Wiring wiring, Accesses accesses, Translator translator, Course course) {
        this.wiring = wiring;
        this.accesses = accesses;
        this.translator = translator;
        this.course = course;
        AtcConfig atc = wiring.config().atc();
        commonPs = atc.lookup().value();
        firstPs = atc.first() == null ? 0 : atc.first().lookup().value();
    }

    void begin(Access access) {
        if (translator.hasFirstLevel()) {
            wiring.kernel().after(firstPs, this, FIRST_LEVEL, access.index);
        } else {
            wiring.kernel().after(commonPs, this, COMMON, access.index);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long index) {
        Access access = accesses.get(index);
        if (kind == FIRST_LEVEL) {
            overFirst(access);
        } else if (access.status != DmaStatus.OK) {
            course.end(access, access.status);
        } else {
            over(access);
        }
    }

    private void overFirst(Access access) {
        long entry = access.status == DmaStatus.OK ? translator.findFirst(access) : Atc.MISS;
        if (entry == Atc.MISS) {
            wiring.kernel().after(commonPs, this, COMMON, access.index);
        } else {
            course.issue(access, entry);
        }
    }

    private void over(Access access) {
        long entry = translator.find(access);
        if (entry == Atc.MISS) {
            course.translate(access);
        } else {
            course.issue(access, entry);
        }
    }
}
