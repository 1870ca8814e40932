package svasim.models.dsa.idxd;

import java.util.ArrayList;
import java.util.List;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.paging.Access;

/** Memory of a process for lists and records of its batches; used again when a batch has ended. */
final class ListMemory {
    private static final int PAGE_BYTES = 4096;

    private final Mm mm;
    private final List<Piece> free = new ArrayList<>();

    /**
     * Memory for one batch.
     *
     * @param mapping its call has to be run before the first use
     */
    record Piece(Mmap mapping, long bytes) {
        long start() {
            return mapping.start();
        }
    }

    ListMemory(Mm mm) {
        this.mm = mm;
    }

    /** Memory that an earlier batch has used; null if there is none that is large enough. */
    Piece take(long bytes) {
        for (Piece piece : free) {
            if (piece.bytes() >= bytes) {
                free.remove(piece);
                return piece;
            }
        }
        return null;
    }

    Piece map(long bytes) {
        long whole = (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        return new Piece(mm.mapAnonymous(whole, Access.READ | Access.WRITE), whole);
    }

    void give(Piece piece) {
        free.add(piece);
    }
}
