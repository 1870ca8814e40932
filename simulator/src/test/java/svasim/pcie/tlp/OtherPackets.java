package svasim.pcie.tlp;

import static svasim.pcie.tlp.TlpCodecPropertyTest.addresses;
import static svasim.pcie.tlp.TlpCodecPropertyTest.attributes;
import static svasim.pcie.tlp.TlpCodecPropertyTest.data;
import static svasim.pcie.tlp.TlpCodecPropertyTest.ids;
import static svasim.pcie.tlp.TlpCodecPropertyTest.integers;
import static svasim.pcie.tlp.TlpCodecPropertyTest.prefixes;
import static svasim.pcie.tlp.TlpCodecPropertyTest.tags;
import static svasim.pcie.tlp.TlpCodecPropertyTest.types;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Packets of the kinds that address translation does not need. */
final class OtherPackets {
    private static final MessageRoute[] VENDOR_ROUTES = {
        MessageRoute.TO_ROOT_COMPLEX,
        MessageRoute.BY_ID,
        MessageRoute.FROM_ROOT_COMPLEX,
        MessageRoute.LOCAL
    };

    private OtherPackets() {}

    static Arbitrary<Tlp> any() {
        return Arbitraries.oneOf(
                atomics(), io(), locked(), lockedCompletions(), vendor(), plainMessages());
    }

    private static Arbitrary<Tlp> atomics() {
        return Combinators.combine(
                        ids(), tags(), sizes(), addresses(), types(), prefixes(), attributes())
                .as(
                        (id, tag, size, address, type, pasid, attributes) ->
                                new AtomicRequest(
                                        id,
                                        tag,
                                        size.operation,
                                        address & -16,
                                        data(size.bytes),
                                        type,
                                        pasid,
                                        attributes));
    }

    private record Size(AtomicOperation operation, int bytes) {}

    /** Every operation with every payload that it takes. */
    private static Arbitrary<Size> sizes() {
        List<Size> sizes = new ArrayList<>();
        for (AtomicOperation operation : AtomicOperation.values()) {
            for (int bytes = 4; bytes <= 64; bytes += 4) {
                if (operation.valueBytes(bytes) > 0) {
                    sizes.add(new Size(operation, bytes));
                }
            }
        }
        return Arbitraries.of(sizes);
    }

    private static Arbitrary<Tlp> io() {
        return Combinators.combine(ids(), tags(), addresses(), integers(1, 4), integers(0, 1))
                .as(
                        (id, tag, address, bytes, write) -> {
                            long from = address & 0xFFFF_FFFCL | 4 - bytes;
                            return write == 1
                                    ? new IoRequest.Write(id, tag, from, data(bytes))
                                    : new IoRequest.Read(id, tag, from, bytes);
                        });
    }

    private static Arbitrary<Tlp> locked() {
        return Combinators.combine(ids(), tags(), addresses(), integers(1, 64), attributes())
                .as(
                        (id, tag, address, bytes, attributes) ->
                                new LockedRead(id, tag, address & -64, bytes, attributes));
    }

    private static Arbitrary<Tlp> lockedCompletions() {
        return Combinators.combine(ids(), ids(), tags(), integers(0, 64), attributes())
                .as(
                        (completer, id, tag, bytes, attributes) ->
                                new LockedCompletion(
                                        new Tlp.Completion(
                                                completer,
                                                id,
                                                tag,
                                                CompletionStatus.SUCCESS,
                                                Math.max(1, bytes),
                                                0,
                                                data(bytes),
                                                attributes)));
    }

    private static Arbitrary<Tlp> vendor() {
        return Combinators.combine(
                        ids(),
                        integers(0, 255),
                        integers(0x7E, 0x7F),
                        Arbitraries.of(VENDOR_ROUTES),
                        addresses(),
                        integers(0, 8),
                        attributes())
                .as(
                        (id, tag, code, route, body, words, attributes) ->
                                new Message(
                                        id, tag, code, route, body, data(4 * words), attributes));
    }

    private static Arbitrary<Tlp> plainMessages() {
        return Combinators.combine(ids(), Arbitraries.of(MessageCode.values()))
                .filter((id, code) -> code.takes(0) && !(code.code() >= 1 && code.code() <= 5))
                .as(Message::plain);
    }
}
