package svasim.models.gpu.device;

import svasim.device.Words;
import svasim.models.gpu.pattern.Instruction;

/**
 * One access that serves some lanes of an instruction, within one line.
 *
 * @param address of the first byte
 * @param bytes of the device, to be read into or written from
 * @param lanes which it serves
 */
record Piece(long address, byte[] bytes, int[] lanes) {
    /** A piece with what the lanes write, if they write. */
    static Piece of(Instruction instruction, long address, int length, int[] lanes) {
        Piece piece = new Piece(address, new byte[length], lanes);
        if (instruction.write()) {
            for (int lane : lanes) {
                int offset = (int) (instruction.addresses()[lane] - address);
                Words.put(piece.bytes, offset, Long.BYTES, instruction.values()[lane]);
            }
        }
        return piece;
    }

    /** Gives the lanes what was read. */
    void deliver(Instruction instruction, long[] loaded) {
        for (int lane : lanes) {
            int offset = (int) (instruction.addresses()[lane] - address);
            loaded[lane] = Words.u64(bytes, offset);
        }
    }
}
