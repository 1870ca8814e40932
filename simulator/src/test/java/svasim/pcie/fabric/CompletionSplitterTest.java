package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.pcie.fabric.RootComplexConfig.CompletionPolicy;

class CompletionSplitterTest {
    @ParameterizedTest
    @CsvSource({
        "0x1004, 256, 128, 64, LARGEST, 124 128 4",
        "0x1004, 256, 256, 64, LARGEST, 252 4",
        "0x1040, 512, 256, 128, LARGEST, 192 256 64",
        "0x1000, 512, 256, 64, EACH_BOUNDARY, 64 64 64 64 64 64 64 64",
        "0x10FC0, 64, 128, 64, LARGEST, 64",
        "0x2003, 10, 128, 64, LARGEST, 10",
        "0x1000, 4096, 512, 64, LARGEST, 512 512 512 512 512 512 512 512",
        "0x103F, 2, 128, 64, LARGEST, 2"
    })
    void shouldCutAsTheVectorSays(
            String address,
            int bytes,
            int maxPayload,
            int boundary,
            CompletionPolicy policy,
            String expected) {
        List<Integer> pieces =
                pieces(
                        new CompletionSplitter(boundary, policy),
                        Long.decode(address),
                        bytes,
                        maxPayload);

        assertEquals(expected, String.join(" ", pieces.stream().map(String::valueOf).toList()));
    }

    @Property(seed = "1")
    void shouldEndEveryPieceButTheLastOnABoundary(
            @ForAll @IntRange(max = 4095) int offset,
            @ForAll @IntRange(min = 1, max = 4096) int wanted,
            @ForAll @IntRange(max = 5) int payloadCode,
            @ForAll boolean wide,
            @ForAll CompletionPolicy policy) {
        int maxPayload = 128 << payloadCode;
        int boundary = wide ? 128 : 64;
        int bytes = Math.min(wanted, 4096 - offset);

        List<Integer> pieces =
                pieces(new CompletionSplitter(boundary, policy), offset, bytes, maxPayload);

        int end = offset;
        for (int i = 0; i < pieces.size(); i++) {
            end += pieces.get(i);
            assertTrue(pieces.get(i) > 0 && pieces.get(i) <= maxPayload);
            assertTrue(i == pieces.size() - 1 || end % boundary == 0);
        }
        assertEquals(offset + bytes, end);
        boolean betweenBoundaries = offset / boundary == (offset + bytes - 1) / boundary;
        assertTrue(!betweenBoundaries || pieces.size() == 1);
    }

    private static List<Integer> pieces(
            CompletionSplitter splitter, long address, int bytes, int maxPayload) {
        List<Integer> pieces = new ArrayList<>();
        int sent = 0;
        while (sent < bytes) {
            int piece = splitter.piece(address + sent, bytes - sent, maxPayload);
            pieces.add(piece);
            sent += piece;
        }
        return pieces;
    }
}
