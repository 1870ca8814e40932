package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterFileTest {
    private final List<String> writes = new ArrayList<>();

    private final RegisterFile file =
            new RegisterFile(
                    List.of(
                            new RegisterBlock() {
                                @Override
                                public boolean has(int offset) {
                                    return offset >= 0x10 && offset < 0x18;
                                }

                                @Override
                                public int read(int offset) {
                                    return offset == 0x10 ? -1 : 2;
                                }

                                @Override
                                public void write(int offset, int value) {
                                    writes.add(
                                            Integer.toHexString(offset)
                                                    + "="
                                                    + Integer.toHexString(value));
                                }
                            }));

    @Test
    void shouldJoinHalvesWithoutSign() {
        assertEquals(0x2_FFFF_FFFFL, file.read(0x10, 8));
        assertEquals(0xFFFF_FFFFL, file.read(0x10, 4));
    }

    @Test
    void shouldWriteTheLowerHalfFirst() {
        file.write(0x10, 8, 0x7_0000_0005L);

        assertEquals(List.of("10=5", "14=7"), writes);
    }

    @Test
    void shouldIgnoreWhatIsNoAlignedAccessOfFourOrEightBytes() {
        file.write(0x12, 4, 1);
        file.write(0x14, 8, 1);
        file.write(0x10, 2, 1);
        file.write(-8, 8, 1);

        assertEquals(List.of(), writes);
        assertEquals(0, file.read(0x11, 1));
        assertEquals(0, file.read(0x400, 8));
    }
}
