package svasim.guest;

import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/**
 * What the machine's hardware does to a guest, told in the guest's terms to somebody who knows
 * those only: accesses to its memory, requests and packets of its functions, walks of its tables,
 * work with its PASIDs. What the virtual unit does the guest's own trace tells.
 */
public final class GuestView implements TraceListener {
    private static final Set<Kind> KINDS =
            EnumSet.of(
                    Kind.DMA_READ,
                    Kind.DMA_WRITE,
                    Kind.WALK_READ,
                    Kind.WALK_UPDATED,
                    Kind.TRANSLATION_STARTED,
                    Kind.TRANSLATION_MISSED,
                    Kind.TRANSLATED,
                    Kind.TRANSLATION_FAULTED,
                    Kind.TLP_SENT,
                    Kind.TLP_RECEIVED,
                    Kind.ATC_FILLED,
                    Kind.ATC_INVALIDATED,
                    Kind.FUNCTION_RESET,
                    Kind.RETRY_FAULT,
                    Kind.WORK_ACCEPTED,
                    Kind.WORK_STARTED,
                    Kind.WORK_DONE);

    private final GuestTerms terms;
    private final Trace machine;
    private final TraceListener reader;
    private final GuestPackets packets;

    /** Requests under way: each is the same object from beginning to end, there and here. */
    private final Map<Object, Tlp> requests = new IdentityHashMap<>();

    /**
     * @param machine the trace that this is going to be added to
     * @param reader is told
     */
    public GuestView(GuestTerms terms, Trace machine, TraceListener reader) {
        this.terms = terms;
        this.machine = machine;
        this.reader = reader;
        this.packets = new GuestPackets(terms);
    }

    @Override
    public boolean wants(Kind kind) {
        return KINDS.contains(kind) && reader.wants(kind);
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        Teller teller = (x, y, z, of) -> reader.on(id, cause, timePs, kind, lane, x, y, z, of);
        switch (kind) {
            case DMA_READ, DMA_WRITE -> access(teller, a, b, (int) c);
            case WALK_READ, WALK_UPDATED -> walk(teller, a, b, c);
            case TRANSLATION_STARTED, TRANSLATION_MISSED, TRANSLATED, TRANSLATION_FAULTED ->
                    translation(kind, teller, b, c, (Tlp) subject);
            case TLP_SENT, TLP_RECEIVED -> packet(teller, a, b, c, (Tlp) subject);
            case FUNCTION_RESET -> reset(teller, (int) a, b, c);
            case RETRY_FAULT -> retry(teller, a, b, (int) c);
            default -> work(teller, machine.laneName(lane), a, b, c, subject);
        }
    }

    /** Tells the reader an observation that is like the one at hand but for these. */
    @FunctionalInterface
    private interface Teller {
        void tell(long a, long b, long c, Object subject);
    }

    /** Of whatever function: a foreign one in the guest's memory is what a guest is to fear. */
    private void access(Teller teller, long hpa, long bytes, int requester) {
        long gpa = terms.gpa(hpa);
        if (gpa != GuestTerms.FOREIGN) {
            teller.tell(gpa, bytes, requester(requester), null);
        }
    }

    /** Foreign functions keep their number, which no function of the guest has. */
    private int requester(int host) {
        for (GuestFunction function : terms.functions()) {
            if (function.physical().requesterId() == host) {
                return function.requesterId();
            }
        }
        return host;
    }

    private void walk(Teller teller, long hpa, long b, long c) {
        long gpa = terms.gpa(hpa);
        if (gpa != GuestTerms.FOREIGN) {
            teller.tell(gpa, b, c, null);
        }
    }

    private void translation(Kind kind, Teller teller, long iova, long c, Tlp request) {
        boolean ends = kind == Kind.TRANSLATED || kind == Kind.TRANSLATION_FAULTED;
        Tlp known = ends ? requests.remove(request) : requests.get(request);
        Tlp its = known == null ? packets.inTerms(request) : known;
        if (its == null) {
            return;
        }
        if (!ends) {
            requests.put(request, its);
        }
        long third =
                switch (kind) {
                    case TRANSLATED -> terms.gpa(c);
                    case TRANSLATION_FAULTED -> c;
                    default -> its.senderId();
                };
        teller.tell(PasidPrefix.number(its.pasid()), iova, third, its);
    }

    private void packet(Teller teller, long a, long b, long c, Tlp packet) {
        Tlp its = packets.inTerms(packet);
        if (its != null) {
            teller.tell(a, b, c, its);
        }
    }

    private void reset(Teller teller, int requester, long b, long c) {
        for (GuestFunction function : terms.functions()) {
            if (function.physical().requesterId() == requester) {
                teller.tell(function.requesterId(), b, c, null);
            }
        }
    }

    private void retry(Teller teller, long pasid, long va, int requester) {
        GuestFunction function = terms.function(requester, (int) pasid);
        if (function != null) {
            teller.tell(terms.pasid(function, (int) pasid), va, function.requesterId(), null);
        }
    }

    private void work(Teller teller, String part, long pasid, long b, long c, Object subject) {
        GuestFunction function = terms.function(part, (int) pasid);
        if (function != null) {
            Object its = subject instanceof Tlp packet ? packets.inTerms(packet) : subject;
            teller.tell(terms.pasid(function, (int) pasid), b, c, its);
        }
    }
}
