package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Any packet survives its bytes, and no bytes upset the decoder. {@code -Dsvasim.cases=1000000}
 * runs as many random strings as wanted.
 */
class TlpCodecPropertyTest {
    private static final int CASES = Integer.getInteger("svasim.cases", 20_000);
    private static final int MAX_WORDS = 12;

    /**
     * Random words, the first with a legal Fmt and Type more often than not: whatever is taken as a
     * packet has the same bytes again as far as they mean anything, so that it decodes alike.
     */
    @Test
    void shouldTakeRandomWordsAsSomethingThatItCanWrite() {
        Random random = new Random(5);
        int packets = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = randomWords(random);
            if (TlpCodec.decode(bytes, 256) instanceof DecodedTlp.Packet packet) {
                packets++;
                SameTlp.assertSame(packet.tlp(), TlpCodec.decode(TlpCodec.encode(packet.tlp())));
            }
        }
        assertTrue(packets > CASES / 100, "only " + packets + " were packets");
    }

    /** Length and reserved bits of the first word are drawn small, or nothing would fit. */
    private static byte[] randomWords(Random random) {
        int words = 3 + random.nextInt(MAX_WORDS - 3);
        byte[] bytes = new byte[words * 4];
        random.nextBytes(bytes);
        if (random.nextInt(4) > 0) {
            bytes[0] &= 0x7F;
            bytes[2] &= random.nextInt();
            bytes[2] &= 0x7C;
            bytes[3] = (byte) Math.max(0, words - 3 - (bytes[0] >> 5 & 1));
            bytes[7] = random.nextBoolean() ? (byte) 0x0F : (byte) 0xFF;
        }
        return bytes;
    }

    @Property(tries = 2000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void shouldDecodeWhatItEncodes(@ForAll("packets") Tlp tlp) {
        byte[] bytes = TlpCodec.encode(tlp);

        SameTlp.assertSame(tlp, TlpCodec.decode(bytes));
        assertEquals(bytes.length, TlpSize.bytes(tlp));
    }

    @Property(tries = 2000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerAnyBytes(@ForAll @Size(max = 64) byte[] bytes) {
        assertNotNull(TlpCodec.decode(bytes, 256));
    }

    @Property(tries = 2000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerDamagedPackets(
            @ForAll("packets") Tlp tlp,
            @ForAll @IntRange(max = 4200) int where,
            @ForAll byte value,
            @ForAll @IntRange(max = 8) int cut) {
        byte[] bytes = TlpCodec.encode(tlp);
        bytes[where % bytes.length] = value;
        byte[] shorter = Arrays.copyOf(bytes, Math.max(0, bytes.length - cut));

        assertNotNull(TlpCodec.decode(bytes));
        assertNotNull(TlpCodec.decode(shorter));
    }

    @Provide
    Arbitrary<Tlp> packets() {
        return Arbitraries.oneOf(
                reads(),
                writes(),
                deferrable(),
                translations(),
                completions(),
                pages(),
                invalidations(),
                OtherPackets.any());
    }

    private static Arbitrary<Tlp> reads() {
        return Combinators.combine(ids(), tags(), ranges(4096), types(), prefixes(), attributes())
                .as(
                        (id, tag, range, type, pasid, attributes) ->
                                new Tlp.MemoryRead(
                                        id,
                                        tag,
                                        range.address,
                                        range.bytes,
                                        type,
                                        pasid,
                                        attributes));
    }

    private static Arbitrary<Tlp> writes() {
        return Combinators.combine(ids(), ranges(512), types(), prefixes(), attributes())
                .as(
                        (id, range, type, pasid, attributes) ->
                                new Tlp.MemoryWrite(
                                        id,
                                        range.address,
                                        data(range.bytes),
                                        type,
                                        pasid,
                                        attributes));
    }

    private static Arbitrary<Tlp> deferrable() {
        return Combinators.combine(ids(), tags(), ranges(128), types(), prefixes(), attributes())
                .as(
                        (id, tag, range, type, pasid, attributes) ->
                                new Tlp.DeferrableWrite(
                                        id,
                                        tag,
                                        range.address,
                                        data(range.bytes),
                                        type,
                                        pasid,
                                        attributes));
    }

    private static Arbitrary<Tlp> translations() {
        return Combinators.combine(ids(), tags(), addresses(), integers(1, 16), flags(), prefixes())
                .as(
                        (id, tag, address, entries, noWrite, pasid) ->
                                new Tlp.TranslationRequest(
                                        id,
                                        tag,
                                        address & -4096,
                                        entries,
                                        noWrite,
                                        pasid,
                                        Attributes.DEFAULT));
    }

    private static Arbitrary<Tlp> completions() {
        Arbitrary<CompletionStatus> statuses = Arbitraries.of(CompletionStatus.class);
        return Combinators.combine(
                        ids(),
                        ids(),
                        tags(),
                        statuses,
                        integers(0, 3),
                        integers(1, 4096),
                        integers(0, 256),
                        attributes())
                .as(
                        (completer, id, tag, status, lower, count, bytes, attributes) ->
                                new Tlp.Completion(
                                        completer,
                                        id,
                                        tag,
                                        status,
                                        count,
                                        lower,
                                        data(piece(lower, count, bytes)),
                                        attributes));
    }

    private static Arbitrary<Tlp> pages() {
        return Combinators.combine(
                        ids(), addresses(), integers(0, 511), flags(), flags(), flags(), prefixes())
                .as(
                        (id, address, index, last, write, read, pasid) ->
                                new Tlp.PageRequest(
                                        id, address & -4096, index, last, write, read, pasid));
    }

    private static Arbitrary<Tlp> invalidations() {
        return Combinators.combine(
                        ids(), ids(), integers(0, 31), addresses(), flags(), flags(), prefixes())
                .as(
                        (id, to, itag, address, sized, global, pasid) ->
                                new Tlp.InvalidateRequest(
                                        id, to, itag, address & -4096, sized, global, pasid));
    }

    /** All of it, or a part that ends with a whole word. */
    private static int piece(int lower, int count, int wanted) {
        int whole = wanted == 0 ? 0 : (lower + wanted + 3) / 4 * 4 - lower;
        return Math.min(count, whole);
    }

    private static Arbitrary<Range> ranges(int most) {
        return Combinators.combine(addresses(), integers(0, most)).as(TlpCodecPropertyTest::range);
    }

    /** Cuts at the end of the page; without bytes, only the word counts. */
    private static Range range(long address, int bytes) {
        int room = 4096 - (int) (address & 4095);
        return bytes == 0 ? new Range(address & -4, 0) : new Range(address, Math.min(room, bytes));
    }

    private record Range(long address, int bytes) {}

    static byte[] data(int bytes) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (i * 7 + 1);
        }
        return data;
    }

    static Arbitrary<Long> addresses() {
        return Arbitraries.oneOf(Arbitraries.longs().between(0, 0xFFFF_FFFFL), Arbitraries.longs());
    }

    static Arbitrary<Integer> ids() {
        return integers(0, 0xFFFF);
    }

    static Arbitrary<Integer> tags() {
        return integers(0, 1023);
    }

    static Arbitrary<Integer> integers(int low, int high) {
        return Arbitraries.integers().between(low, high);
    }

    static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    static Arbitrary<AddressType> types() {
        return Arbitraries.of(AddressType.UNTRANSLATED, AddressType.TRANSLATED);
    }

    static Arbitrary<PasidPrefix> prefixes() {
        return Combinators.combine(integers(0, PasidPrefix.MAX_PASID), flags(), flags())
                .as(PasidPrefix::new)
                .injectNull(0.3);
    }

    static Arbitrary<Attributes> attributes() {
        return Combinators.combine(integers(0, 7), flags(), flags(), flags(), flags())
                .as(Attributes::new);
    }
}
