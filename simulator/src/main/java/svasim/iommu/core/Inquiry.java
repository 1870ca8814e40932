package svasim.iommu.core;

import java.util.ArrayDeque;
import java.util.Deque;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.paging.Walk;
import svasim.paging.Walks;
import svasim.pcie.fabric.TranslationAgent;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * One question to an IOMMU, from its arrival to its answer: a reusable object. The subclass of an
 * architecture knows tables, caches and rules; {@link InquiryPipeline} runs it over simulated time,
 * {@link #answerAtOnce} at once.
 *
 * <p>An inquiry alternates between looking into caches ({@link #proceed}) and running a walk. After
 * each walk it fills caches, which refuse what an invalidation has overtaken, and proceeds again.
 */
public abstract class Inquiry {
    private RequestKind kind;
    private int requesterId;
    private int pasid;
    private long address;
    private int access;
    private boolean noWrite;
    private Tlp tlp;
    private long token;
    private TranslationAgent.Reply reply;

    // Owned by the pipeline.
    int number;
    long serial;
    long arrivedPs;
    long lookupPs;
    long walkTag;
    long walkAddress;
    final Deque<Inquiry> followers = new ArrayDeque<>();
    boolean answered;
    boolean delivered;
    boolean holdsWalker;

    // Owned by the order of those that have begun.
    Inquiry older;
    Inquiry younger;

    /** What an inquiry needs next. */
    public enum Progress {
        /** {@link #walk} has to be run. */
        WALK,
        /** The answer is known. */
        ANSWERED
    }

    /**
     * Looks into the caches and decides: either the answer is known now, or {@link #walk} is ready
     * to be run.
     *
     * @param nowPs when; 0 if it is asked at once
     */
    protected abstract Progress proceed(long nowPs);

    /** The walk that {@link #proceed} prepared. */
    protected abstract Walk walk();

    /** Time that looking into paging-structure caches adds to the walk, in picoseconds. */
    final long walkDelayPs() {
        return walk() instanceof CachedTableWalk tables ? tables.lookupPs() : 0;
    }

    /**
     * First half of the identity of what the walk looks for; an inquiry whose walk has the same
     * identity as one under way waits for it, then proceeds again.
     */
    protected abstract long mergeTag();

    /** Second half of the identity, such as the page. */
    protected abstract long mergeAddress();

    /**
     * The walk has ended.
     *
     * @param end DONE or FAULT
     */
    protected abstract void walked(Walk.Step end);

    /**
     * Finds the answer at once against memory as it is: for an inquiry whose caches are absent, a
     * look-up without any side effect.
     */
    public final void answerAtOnce(PhysicalMemory memory) {
        while (proceed(0) == Progress.WALK) {
            walked(Walks.runAtOnce(walk(), memory));
        }
    }

    /** Takes a memory request. */
    public final void ask(
            Tlp.MemoryRequest request, long callersToken, TranslationAgent.Reply callersReply) {
        boolean translated = request.addressType() == AddressType.TRANSLATED;
        take(
                translated ? RequestKind.TRANSLATED : RequestKind.UNTRANSLATED,
                request,
                request.address(),
                accessOf(request));
        token = callersToken;
        reply = callersReply;
    }

    /** Takes a Translation Request for one page. */
    public final void ask(Tlp.TranslationRequest request, long pageAddress) {
        int wanted = request.noWrite() ? Access.READ : Access.READ | Access.WRITE;
        PasidPrefix prefix = request.pasid();
        if (prefix != null && prefix.execute()) {
            wanted |= Access.EXECUTE;
        }
        take(
                RequestKind.TRANSLATION_REQUEST,
                request,
                pageAddress,
                wanted | Access.TRANSLATION_REQUEST | privilege(prefix));
        noWrite = request.noWrite();
    }

    /** Takes a Page Request. */
    public final void ask(Tlp.PageRequest request) {
        int wanted =
                (request.read() ? Access.READ : 0)
                        | (request.write() ? Access.WRITE : 0)
                        | privilege(request.pasid());
        if (request.pasid() != null && request.pasid().execute()) {
            wanted |= Access.EXECUTE;
        }
        take(RequestKind.PAGE_REQUEST, request, request.pageAddress(), wanted);
    }

    /** Takes an untranslated request that no TLP stands for. */
    public final void ask(int ofRequester, int withPasid, long toAddress, int wanted) {
        take(RequestKind.UNTRANSLATED, null, toAddress, wanted);
        requesterId = ofRequester;
        pasid = withPasid;
    }

    public final RequestKind kind() {
        return kind;
    }

    public final int requesterId() {
        return requesterId;
    }

    /** {@link PasidPrefix#NONE} without. */
    public final int pasid() {
        return pasid;
    }

    public final boolean hasPasid() {
        return pasid != PasidPrefix.NONE;
    }

    public final long address() {
        return address;
    }

    /** Bits of {@link Access} that are asked for. */
    public final int access() {
        return access;
    }

    /** Whether any of these bits of {@link Access} is asked for. */
    public final boolean wants(int bits) {
        return (access & bits) != 0;
    }

    /** NW of a Translation Request. */
    public final boolean noWrite() {
        return noWrite;
    }

    /** The TLP that asks, or null. */
    public final Tlp tlp() {
        return tlp;
    }

    public final long token() {
        return token;
    }

    /** Where the answer to a memory request goes; null for the other kinds. */
    public final TranslationAgent.Reply reply() {
        return reply;
    }

    /** Number of the inquiry by its unit's {@link svasim.memory.FillGuard}. */
    protected final long serial() {
        return serial;
    }

    private void take(RequestKind what, Tlp asking, long toAddress, int wanted) {
        kind = what;
        tlp = asking;
        address = toAddress;
        access = wanted;
        noWrite = false;
        token = 0;
        reply = null;
        answered = false;
        delivered = false;
        if (asking != null) {
            requesterId = asking.senderId();
            pasid = PasidPrefix.number(asking.pasid());
        }
        begin();
    }

    /** A new question was taken: forgets the last one. */
    protected abstract void begin();

    private static int accessOf(Tlp.MemoryRequest request) {
        PasidPrefix prefix = request.pasid();
        int wanted = privilege(prefix);
        if (request instanceof Tlp.MemoryWrite) {
            return wanted | Access.WRITE;
        }
        if (request instanceof AtomicRequest) {
            return wanted | Access.READ | Access.WRITE;
        }
        if (request.bytes() == 0) {
            wanted |= Access.ZERO_LENGTH;
        }
        boolean execute = prefix != null && prefix.execute();
        return wanted | Access.READ | (execute ? Access.EXECUTE : 0);
    }

    private static int privilege(PasidPrefix prefix) {
        return prefix != null && prefix.privileged() ? Access.PRIVILEGED : 0;
    }
}
