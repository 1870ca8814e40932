package svasim.models.rogue;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.endpoint.RawLink;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Counter;

/**
 * Sends any packet, and takes the answers to its own; what else arrives is for the function, but
 * for what it chooses not to hear.
 */
final class RawPort implements RawLink.Tap, EventHandler {
    /** Tags from here on are not those of the DMA engine. */
    static final int FIRST_TAG = 128;

    private static final int TAGS = 128;
    private static final int GROUPS = 512;

    /** What becomes of invalidations. */
    enum Manner {
        /** The function does what it is told. */
        PROPER,
        /** They are not answered. */
        DEAF,
        /** They are answered at once, and nothing else. */
        HASTY
    }

    private final RawLink link;
    private final Kernel kernel;
    private final int requesterId;
    private final long patiencePs;
    private final Counter sent;
    private final Counter pageAnswers;
    private Manner manner = Manner.PROPER;

    /** Requester ID of the host, which sends with that of its translation agents. */
    private int hostId;

    /** Invalidations to which the manner still applies. */
    private int mistreated;

    /** Page requests by their index whose answers are not for the DMA engine. */
    private final int[] pagesAsked = new int[GROUPS];

    /** Questions so far; the tag of the one that is open follows from it. */
    private int asked;

    /** Null without an open question. */
    private Consumer<Answer> waiting;

    RawPort(DeviceHost host, RogueConfig config) {
        link = host.function().raw();
        kernel = host.kernel();
        requesterId = host.function().requesterId();
        patiencePs = config.patience().value();
        sent = host.statistics().counter(host.name() + ".raw.sent", "packets against the rules");
        pageAnswers =
                host.statistics()
                        .counter(host.name() + ".page.answers", "page group responses that came");
        link.tap(this);
    }

    int requesterId() {
        return requesterId;
    }

    /** As whom the host wrote to a register last. */
    int hostId() {
        return hostId;
    }

    /**
     * What becomes of the next invalidations.
     *
     * @param count how many; those after them are treated as they should be
     */
    void manner(Manner of, int count) {
        manner = of;
        mistreated = count;
    }

    void send(Tlp tlp) {
        sent.increment();
        if (tlp instanceof Tlp.PageRequest request && request.last()) {
            pagesAsked[request.prgIndex()]++;
        }
        link.send(tlp, kernel.nowPs());
    }

    /**
     * Sends a request, and waits for its answer; no other one is open.
     *
     * @param request makes it, with a tag
     */
    void ask(IntFunction<Tlp> request, Consumer<Answer> then) {
        asked++;
        waiting = then;
        kernel.after(patiencePs, this, 0, asked);
        send(request.apply(tag()));
    }

    /** An answer to what was asked before is for nobody. */
    void forget() {
        waiting = null;
        Arrays.fill(pagesAsked, 0);
    }

    @Override
    public void handle(long nowPs, int kind, long question) {
        if (question == asked && waiting != null) {
            answered(Answer.without(Outcome.SILENCE));
        }
    }

    @Override
    public boolean takes(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.MemoryWrite write) {
            hostId = write.senderId();
        }
        if (tlp instanceof Tlp.Completion completion && completion.tag() >= FIRST_TAG) {
            if (waiting != null && completion.tag() == tag()) {
                answered(new Answer(Outcome.of(completion.status()), completion.data()));
            }
            return true;
        }
        if (tlp instanceof Tlp.PageGroupResponse response && pagesAsked[response.prgIndex()] > 0) {
            pagesAsked[response.prgIndex()]--;
            pageAnswers.increment();
            return true;
        }
        return tlp instanceof Tlp.InvalidateRequest request && takes(request);
    }

    private boolean takes(Tlp.InvalidateRequest request) {
        if (mistreated == 0 || manner == Manner.PROPER) {
            return false;
        }
        mistreated--;
        if (manner == Manner.HASTY) {
            send(
                    new Tlp.InvalidateCompletion(
                            requesterId,
                            request.requesterId(),
                            1,
                            1 << request.itag(),
                            Attributes.DEFAULT));
        }
        return true;
    }

    private int tag() {
        return FIRST_TAG + asked % TAGS;
    }

    private void answered(Answer answer) {
        Consumer<Answer> then = waiting;
        waiting = null;
        then.accept(answer);
    }
}
