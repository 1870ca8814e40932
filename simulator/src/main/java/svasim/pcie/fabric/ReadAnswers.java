package svasim.pcie.fabric;

import java.util.Arrays;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Turns finished requests into completions and sends them down. */
final class ReadAnswers {
    private static final int LOWER_ADDRESS = 0x7F;
    private static final byte[] NO_DATA = new byte[0];

    private final CompletionSplitter splitter;
    private final int completerId;
    private RootPort port;

    ReadAnswers(RootComplexConfig config) {
        splitter = new CompletionSplitter(config.readCompletionBoundary(), config.completions());
        completerId = config.agentId();
    }

    void connect(RootPort below) {
        port = below;
    }

    void send(Transactions transactions, int slot, long nowPs) {
        CompletionStatus status = transactions.status(slot);
        Tlp tlp = transactions.tlp(slot);
        byte[] data = transactions.data(slot);
        if (tlp instanceof Tlp.MemoryRead read) {
            answer(read, status, data, nowPs);
        } else if (tlp instanceof AtomicRequest atomic && status == CompletionStatus.SUCCESS) {
            byte[] before = data == null ? new byte[atomic.bytes()] : data;
            port.send(answer(tlp, status, before.length, 0, before), nowPs);
        } else {
            port.send(answer(tlp, status, Integer.BYTES, 0, NO_DATA), nowPs);
        }
    }

    private void answer(Tlp.MemoryRead read, CompletionStatus status, byte[] data, long nowPs) {
        int bytes = Math.max(read.bytes(), 1);
        if (status != CompletionStatus.SUCCESS) {
            int lower = (int) read.address() & LOWER_ADDRESS;
            port.send(answer(read, status, bytes, lower, NO_DATA), nowPs);
        } else {
            sendPieces(read, data == null ? new byte[bytes] : data, nowPs);
        }
    }

    private void sendPieces(Tlp.MemoryRead read, byte[] data, long nowPs) {
        int maxPayload = port.maxPayloadBytes(read.requesterId());
        int sent = 0;
        while (sent < data.length) {
            long address = read.address() + sent;
            int owed = data.length - sent;
            int size = splitter.piece(address, owed, maxPayload);
            byte[] piece = size == data.length ? data : Arrays.copyOfRange(data, sent, sent + size);
            int lower = (int) address & LOWER_ADDRESS;
            port.send(answer(read, CompletionStatus.SUCCESS, owed, lower, piece), nowPs);
            sent += size;
        }
    }

    private Tlp.Completion answer(
            Tlp request, CompletionStatus status, int owed, int lower, byte[] data) {
        return new Tlp.Completion(
                completerId,
                request.senderId(),
                request.tag(),
                status,
                owed,
                lower,
                data,
                request.attributes().ofAnswer());
    }
}
