package svasim.models;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.Kernel;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/**
 * A translation agent that looks addresses up in a map and answers page requests as the test says,
 * or stalls what finds no page. It has no tables in memory: device models are tested against the
 * messages, not against a unit.
 */
public final class PagedAgent implements TranslationAgent {
    private static final long ANSWER_PS = 300_000;
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_MASK = (1L << PAGE_SHIFT) - 1;

    private final Kernel kernel;
    private final Map<Page, Frame> pages = new TreeMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private TlpSink downstream;
    private int agentId;
    private PageHandler handler = (pasid, page, write) -> Tlp.PageGroupResponse.INVALID_REQUEST;
    private boolean holding;
    private boolean stalling;
    private int requestsReceived;
    private int answersOwed;

    /** What software does about a missing page. */
    @FunctionalInterface
    public interface PageHandler {
        /**
         * @return code of the group response
         */
        int handle(int pasid, long page, boolean write);
    }

    private record Page(int pasid, long number) implements Comparable<Page> {
        @Override
        public int compareTo(Page other) {
            int byPasid = Integer.compare(pasid, other.pasid);
            return byPasid != 0 ? byPasid : Long.compare(number, other.number);
        }
    }

    private record Frame(long address, boolean writable) {}

    public PagedAgent(Kernel kernel) {
        this.kernel = kernel;
    }

    public void map(int pasid, long va, long frame, boolean writable) {
        pages.put(page(pasid, va), new Frame(frame, writable));
    }

    /** Removes a page and tells the device, if it has ATS; does not wait for its completion. */
    public void unmap(int pasid, long va, int requesterId) {
        pages.remove(page(pasid, va));
        if (stalling) {
            return;
        }
        send(
                new Tlp.InvalidateRequest(
                        agentId,
                        requesterId,
                        0,
                        TranslationEntry.range(va, PAGE_SHIFT),
                        false,
                        false,
                        new PasidPrefix(pasid)));
    }

    /** Physical address of a mapped byte, or -1. */
    public long physical(int pasid, long va) {
        Frame frame = pages.get(page(pasid, va));
        return frame == null ? -1 : frame.address() | va & PAGE_MASK;
    }

    public void onPageRequest(PageHandler pageHandler) {
        handler = pageHandler;
    }

    /** Requests that find no page wait for the answer that a page request would get. */
    public void stall() {
        stalling = true;
    }

    /** Keeps page requests without answer until {@link #release}. */
    public void hold() {
        holding = true;
    }

    /** Answers what was kept. */
    public void release() {
        holding = false;
        List<Runnable> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(answer -> kernel.after(ANSWER_PS, (now, kind, data) -> answer.run(), 0, 0));
    }

    public int requestsReceived() {
        return requestsReceived;
    }

    /** Page requests that have no answer yet. */
    public int answersOwed() {
        return answersOwed;
    }

    @Override
    public void connect(TlpSink sink, int id) {
        downstream = sink;
        agentId = id;
    }

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        if (request.addressType() == AddressType.TRANSLATED) {
            reply.translated(token, request.address());
            return;
        }
        boolean write = request instanceof Tlp.MemoryWrite;
        Frame frame = pages.get(page(PasidPrefix.number(request.pasid()), request.address()));
        boolean permitted = frame != null && (!write || frame.writable());
        if (!permitted && stalling) {
            reply.stalled(token);
            ask(() -> resume(request, write, token, reply));
            return;
        }
        kernel.after(
                ANSWER_PS,
                (now, kind, data) -> {
                    if (permitted) {
                        reply.translated(token, frame.address() | request.address() & PAGE_MASK);
                    } else {
                        reply.refused(token, CompletionStatus.UNSUPPORTED_REQUEST);
                    }
                },
                0,
                0);
    }

    private void resume(Tlp.MemoryRequest request, boolean write, long token, Reply reply) {
        long page = request.address() & ~PAGE_MASK;
        int code = handler.handle(PasidPrefix.number(request.pasid()), page, write);
        answersOwed--;
        if (code == Tlp.PageGroupResponse.SUCCESS) {
            translate(request, kernel.nowPs(), token, reply);
        } else {
            reply.refused(token, CompletionStatus.COMPLETER_ABORT);
        }
    }

    private void ask(Runnable answer) {
        requestsReceived++;
        answersOwed++;
        held.add(answer);
        if (!holding) {
            release();
        }
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        if (tlp instanceof Tlp.TranslationRequest request) {
            kernel.after(ANSWER_PS, (now, kind, data) -> complete(request), 0, 0);
        } else if (tlp instanceof Tlp.PageRequest request && !request.stopMarker()) {
            ask(() -> respond(request));
        }
    }

    private void complete(Tlp.TranslationRequest request) {
        Frame frame = pages.get(page(PasidPrefix.number(request.pasid()), request.address()));
        long entry = 0;
        if (frame != null) {
            entry = frame.address() | TranslationEntry.READ;
            entry |= frame.writable() ? TranslationEntry.WRITE : 0;
        }
        byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(entry).array();
        send(
                new Tlp.Completion(
                        agentId,
                        request.requesterId(),
                        request.tag(),
                        CompletionStatus.SUCCESS,
                        data.length,
                        0,
                        data,
                        Attributes.DEFAULT));
    }

    private void respond(Tlp.PageRequest request) {
        int pasid = PasidPrefix.number(request.pasid());
        int code = handler.handle(pasid, request.pageAddress(), request.write());
        answersOwed--;
        if (request.last()) {
            send(
                    new Tlp.PageGroupResponse(
                            agentId,
                            request.requesterId(),
                            request.prgIndex(),
                            code,
                            request.pasid()));
        }
    }

    private void send(Tlp tlp) {
        if (!downstream.offer(tlp, kernel.nowPs())) {
            kernel.after(ANSWER_PS, (now, kind, data) -> send(tlp), 0, 0);
        }
    }

    private static Page page(int pasid, long va) {
        return new Page(pasid, va >>> PAGE_SHIFT);
    }
}
