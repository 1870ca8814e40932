package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.Words;
import svasim.kernel.EventHandler;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.operation.Computation;
import svasim.models.dsa.operation.Computations;
import svasim.models.dsa.operation.Cutter;
import svasim.models.dsa.operation.Operands;
import svasim.models.dsa.operation.Store;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;

/**
 * Carries out a descriptor that moves or looks at data. Pieces are read ahead as far as read
 * buffers allow, computed in order, and written. If the device may not block on a fault, a piece
 * that goes to another page than the one before is written after all before it have ended, so that
 * exactly the bytes that are reported as completed were written.
 */
final class Transfer implements Execution, EventHandler {
    private final Engine engine;
    private final Work work;
    private final Operands operands;
    private final Cutter cutter;
    private final Computation computation;
    private final ReadBuffers.Share buffers;

    /** All pieces that are not committed, oldest first. */
    private final Queue<Piece> open = new ArrayDeque<>();

    /** Those of them that are not computed. */
    private final Queue<Piece> toCompute = new ArrayDeque<>();

    private Piece computing;
    private Piece lastWritten;
    private int heldLines;
    private boolean waitsForBuffers;
    private boolean stopped;
    private boolean ended;
    private boolean begun;
    private boolean awaitsSeed;
    private boolean aborted;
    private boolean over;

    private Piece.Fault fault;
    private long committed;
    private int result;
    private long specific;
    private long written;

    Transfer(Engine engine, Work work, Opcode opcode) {
        this.engine = engine;
        this.work = work;
        Descriptor descriptor = work.descriptor();
        this.operands = Operands.of(opcode, descriptor);
        this.cutter = new Cutter(operands, engine.pieceBytes());
        this.computation = Computations.of(opcode, descriptor);
        this.buffers = engine.readBuffers(work);
    }

    @Override
    public void begin(long nowPs) {
        begun = true;
        if (!aborted && work.descriptor().has(Flags.CRC_READ_SEED) && computation.hasSeed()) {
            awaitsSeed = true;
            readSeed();
            return;
        }
        keepResults();
        proceed(nowPs);
    }

    @Override
    public void abort(long nowPs) {
        aborted = true;
        stopped = true;
        ended = true;
        if (begun) {
            proceed(nowPs);
        }
    }

    private void readSeed() {
        byte[] seed = new byte[Integer.BYTES];
        long address = work.descriptor().crcSeedAddress();
        engine.dma()
                .read(
                        engine.request(work, address, seed, 0, seed.length),
                        (now, token, status, faultAddress) ->
                                seedRead(now, status, faultAddress, seed),
                        0);
    }

    private void seedRead(long nowPs, DmaStatus status, long faultAddress, byte[] seed) {
        awaitsSeed = false;
        if (status == DmaStatus.OK) {
            computation.seed(Words.u32(seed, 0));
        } else {
            fault = new Piece.Fault(status, faultAddress, false, 0);
            ended = true;
        }
        keepResults();
        proceed(nowPs);
    }

    private void keepResults() {
        specific = computation.specific();
        written = computation.written();
    }

    /** One of a piece's accesses is over. */
    void accessDone(long nowPs, Piece piece) {
        stopped |= piece.fault() != null;
        proceed(nowPs);
    }

    /** The pipeline has passed the piece that is being computed. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        computing.compute(computation);
        stopped |= computing.taken() < computing.length();
        proceed(nowPs);
    }

    private void proceed(long nowPs) {
        commit();
        if (!ended) {
            write();
        }
        if (!ended) {
            compute();
            fetch();
        } else if (isQuiet() && !over) {
            over = true;
            releaseAll();
            engine.finished(nowPs, work, outcome());
        }
    }

    /** Reads ahead; what has nothing to read can be computed at once. */
    private void fetch() {
        while (!stopped && cutter.hasNext()) {
            int length = cutter.length();
            int lines = lines(cutter.offset(length), length);
            if (!buffers.take(lines, heldLines)) {
                awaitBuffers();
                break;
            }
            Piece piece = new Piece(this, cutter.take(length), length, operands);
            piece.lines(lines);
            heldLines += lines;
            open.add(piece);
            toCompute.add(piece);
            read(piece);
        }
        compute();
    }

    /** Read buffers for a piece: for each source, or for what a fill makes. */
    private int lines(long offset, int length) {
        if (operands.steps()) {
            return 1;
        }
        int lines = 0;
        for (int operand = 0; operand < Math.max(1, operands.sources().length); operand++) {
            lines += ReadBuffers.lines(operands.address(operand) + offset, length);
        }
        return Math.min(lines, buffers.most());
    }

    private void awaitBuffers() {
        if (heldLines == 0 && !waitsForBuffers) {
            waitsForBuffers = true;
            buffers.await(this::buffersFree);
        }
    }

    private void buffersFree() {
        waitsForBuffers = false;
        if (!ended) {
            fetch();
        }
    }

    private void read(Piece piece) {
        for (int source = 0; source < operands.sources().length; source++) {
            long address = operands.address(source) + piece.offset();
            byte[] buffer = piece.buffer(source);
            int from = 0;
            do {
                int bytes = DmaRequest.bytesInPage(address + from, buffer.length - from);
                piece.expect();
                DmaRequest request = engine.request(work, address + from, buffer, from, bytes);
                engine.dma().read(request, piece, Piece.READ);
                from += bytes;
            } while (from < buffer.length);
        }
    }

    /** Gives the oldest piece that is complete to the pipeline, one at a time. */
    private void compute() {
        Piece next = toCompute.peek();
        if (computing == null && next != null && next.isQuiet() && next.fault() == null) {
            computing = toCompute.remove();
            engine.pass(computing.length(), this);
        }
    }

    /** Writes the computed piece, unless it has to wait for those before it. */
    private void write() {
        if (computing == null || !computing.isComputed() || mustWait(computing)) {
            return;
        }
        Piece piece = computing;
        computing = null;
        piece.stores().forEach(store -> write(piece, store));
        lastWritten = piece;
        commit();
    }

    private void write(Piece piece, Store store) {
        byte[] bytes = store.bytes();
        for (int from = 0; from < bytes.length; ) {
            int count = DmaRequest.bytesInPage(store.address() + from, bytes.length - from);
            piece.expect();
            engine.dma()
                    .write(
                            engine.request(work, store.address() + from, bytes, from, count),
                            piece,
                            Piece.write(store.progress()));
            from += count;
        }
    }

    /** What lies at places of its own always waits; else what enters another page. */
    private boolean mustWait(Piece piece) {
        boolean scattered = operands.destinations().length == 0;
        return work.stopsAtFault()
                && !piece.stores().isEmpty()
                && open.peek() != piece
                && (scattered || entersPage(piece));
    }

    private boolean entersPage(Piece piece) {
        for (long destination : operands.destinations()) {
            long page = destination + piece.offset() >>> 12;
            if (page != destination + lastWritten.offset() >>> 12) {
                return true;
            }
        }
        return false;
    }

    /** Takes over, in order, what is finally done. */
    private void commit() {
        while (!ended && !open.isEmpty() && open.peek() != computing && open.peek().isOver()) {
            Piece piece = open.peek();
            if (piece.fault() != null) {
                fault = piece.fault();
                committed += fault.progress();
                ended = true;
                return;
            }
            open.remove();
            release(piece);
            committed += piece.taken();
            result = piece.result();
            specific = piece.specific();
            written = piece.written();
            ended = piece.taken() < piece.length() || !cutter.hasNext() && open.isEmpty();
        }
    }

    private boolean isQuiet() {
        if (awaitsSeed || computing != null && !computing.isComputed()) {
            return false;
        }
        return open.stream().allMatch(Piece::isQuiet);
    }

    private void releaseAll() {
        for (Piece piece : open) {
            release(piece);
        }
        open.clear();
        toCompute.clear();
    }

    private void release(Piece piece) {
        int lines = piece.lines();
        piece.lines(0);
        heldLines -= lines;
        buffers.give(lines);
    }

    private Outcome outcome() {
        if (aborted || fault != null && fault.status() == DmaStatus.DISCARDED) {
            return Outcome.ABORTED;
        }
        boolean failed = fault != null;
        return Outcome.of(
                new CompletionRecord(
                        failed ? Outcome.statusOf(fault.status()) : computation.status(),
                        failed && fault.write(),
                        failed && operands.backward() ? 1 : result,
                        committed,
                        failed ? fault.address() : 0,
                        specific,
                        written));
    }

    @Override
    public String waitingFor() {
        return waitsForBuffers
                ? "read buffers"
                : open.size() + " pieces from byte " + committed + " on";
    }
}
