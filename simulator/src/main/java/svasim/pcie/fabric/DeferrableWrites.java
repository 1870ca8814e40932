package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * Deferrable memory writes of the cores on their way to devices and back: gives each a tag, and
 * tells the core what its completion says. A core has one in flight at most.
 */
final class DeferrableWrites implements EventHandler {
    /** Who waits for a completion. */
    private static final class Waiting {
        /** That the write was sent through; null if nobody claims the address. */
        private final RootPort port;

        private final DeferredAnswer answer;

        /** The completion is here; the core is about to be told. */
        private boolean answered;

        Waiting(RootPort port, DeferredAnswer answer) {
            this.port = port;
            this.answer = answer;
        }
    }

    private final RootComplexConfig config;
    private final Host host;

    /** By tag; null for a tag that is free. */
    private final List<Waiting> waiting = new ArrayList<>();

    DeferrableWrites(RootComplexConfig config, Host host) {
        this.config = config;
        this.host = host;
    }

    /**
     * Sends a write down.
     *
     * @param port above the device; null if no device claims the address: then the answer is {@link
     *     CompletionStatus#UNSUPPORTED_REQUEST}, after the time of a request
     */
    void send(RootPort port, long address, byte[] data, DeferredAnswer answer) {
        int tag = take(new Waiting(port, answer));
        if (port == null || !port.isLinkUp()) {
            refuse(tag, config.request().value());
            return;
        }
        Tlp write =
                new Tlp.DeferrableWrite(
                        config.agentId(),
                        tag,
                        address,
                        data,
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT);
        port.send(write, host.kernel().nowPs());
    }

    /** The link below a port has gone down: the port itself answers what was sent through it. */
    void abandon(RootPort port) {
        for (int tag = 0; tag < waiting.size(); tag++) {
            if (isOpen(tag) && waiting.get(tag).port == port) {
                refuse(tag, config.completion().value());
            }
        }
    }

    private boolean isOpen(int tag) {
        return tag < waiting.size() && waiting.get(tag) != null && !waiting.get(tag).answered;
    }

    private void refuse(int tag, long afterPs) {
        answer(tag, CompletionStatus.UNSUPPORTED_REQUEST, afterPs);
    }

    private void answer(int tag, CompletionStatus status, long afterPs) {
        waiting.get(tag).answered = true;
        host.kernel().after(afterPs, this, status.code(), tag);
    }

    /**
     * A completion has come up.
     *
     * @return false if it answers nothing that is under way
     */
    boolean completed(Tlp.Completion completion) {
        int tag = completion.tag();
        boolean expected = completion.requesterId() == config.agentId() && isOpen(tag);
        if (expected) {
            answer(tag, completion.status(), config.completion().value());
        }
        return expected;
    }

    @Override
    public void handle(long nowPs, int status, long tag) {
        DeferredAnswer answer = waiting.set((int) tag, null).answer;
        answer.answered(CompletionStatus.of(status), nowPs);
    }

    private int take(Waiting whoWaits) {
        int free = waiting.indexOf(null);
        if (free < 0) {
            waiting.add(whoWaits);
            return waiting.size() - 1;
        }
        waiting.set(free, whoWaits);
        return free;
    }
}
