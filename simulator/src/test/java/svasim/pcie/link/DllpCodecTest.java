package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.pcie.link.Dllp.Step;

class DllpCodecTest {
    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of("000000a59cf3", new Dllp.Ack(0x0A5)),
                Arguments.of("10000102aacd", new Dllp.Nak(0x102)),
                Arguments.of("31000000fb32", new Dllp.Nop()),
                Arguments.of("4010040017ec", new Dllp.FlowControl(Step.INIT_1, 0, 0, 64, 1024)),
                Arguments.of("501000401a5d", new Dllp.FlowControl(Step.INIT_1, 1, 0, 64, 64)),
                Arguments.of("60000000d892", new Dllp.FlowControl(Step.INIT_1, 2, 0, 0, 0)),
                Arguments.of("c01004006d93", new Dllp.FlowControl(Step.INIT_2, 0, 0, 64, 1024)),
                Arguments.of("801044103dd8", new Dllp.FlowControl(Step.UPDATE, 0, 0, 0x41, 0x410)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldEncodeAndDecodeTheKnownPackets(String hex, Dllp dllp) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertArrayEquals(bytes, DllpCodec.encode(dllp));
        assertEquals(Optional.of(dllp), DllpCodec.decode(bytes));
    }

    @Property(seed = "1")
    void shouldReadBackWhatItWrites(@ForAll("dllps") Dllp dllp) {
        assertEquals(Optional.of(dllp), DllpCodec.decode(DllpCodec.encode(dllp)));
    }

    @Property(seed = "1")
    void shouldThrowAwayAPacketWithOneWrongBit(
            @ForAll("dllps") Dllp dllp, @ForAll @IntRange(max = 47) int bit) {
        byte[] bytes = DllpCodec.encode(dllp);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);

        assertEquals(Optional.empty(), DllpCodec.decode(bytes));
    }

    @Property(seed = "1")
    void shouldAnswerAnyBytes(@ForAll @Size(max = 8) byte[] bytes) {
        DllpCodec.decode(bytes).ifPresent(dllp -> assertEquals(6, DllpCodec.encode(dllp).length));
    }

    @Provide
    Arbitrary<Dllp> dllps() {
        Arbitrary<Integer> sequence = Arbitraries.integers().between(0, 0xFFF);
        return Arbitraries.oneOf(
                sequence.map(Dllp.Ack::new),
                sequence.map(Dllp.Nak::new),
                Combinators.combine(
                                Arbitraries.of(Step.class),
                                Arbitraries.integers().between(0, 2),
                                Arbitraries.integers().between(0, 7),
                                Arbitraries.integers().between(0, 0xFF),
                                sequence)
                        .as(Dllp.FlowControl::new));
    }
}
