package svasim.paging;

import java.util.ArrayList;
import java.util.List;

/** What is mapped where: a list of pieces that is searched from its start. Slow and obvious. */
final class MappingModel {
    private List<Piece> pieces = new ArrayList<>();

    /**
     * Mapped addresses in a row, of one page or part of one.
     *
     * @param last last input address
     * @param output output address of the first
     * @param pageShift log2 of the page that was mapped
     */
    record Piece(long first, long last, long output, int access, int pageShift) {
        boolean whole() {
            return last - first + 1 == 1L << pageShift;
        }

        boolean contains(long input) {
            return first <= input && input <= last;
        }

        boolean overlaps(long from, long to) {
            return first <= to && from <= last;
        }

        Piece part(long from, long to) {
            long start = Math.max(first, from);
            return new Piece(start, Math.min(last, to), output + start - first, access, pageShift);
        }
    }

    boolean isFree(long from, long bytes) {
        return pieces.stream().noneMatch(p -> p.overlaps(from, from + bytes - 1));
    }

    void map(long input, long output, int pageShift, int access) {
        long last = input + (1L << pageShift) - 1;
        pieces.add(new Piece(input, last, output, access, pageShift));
    }

    /** Takes a range out and returns what was there. */
    List<Piece> cut(long from, long bytes) {
        long to = from + bytes - 1;
        List<Piece> kept = new ArrayList<>();
        List<Piece> taken = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!piece.overlaps(from, to)) {
                kept.add(piece);
                continue;
            }
            taken.add(piece.part(from, to));
            if (piece.first() < from) {
                kept.add(piece.part(piece.first(), from - 1));
            }
            if (piece.last() > to) {
                kept.add(piece.part(to + 1, piece.last()));
            }
        }
        pieces = kept;
        return taken;
    }

    void protect(long from, long bytes, int access) {
        for (Piece p : cut(from, bytes)) {
            pieces.add(new Piece(p.first(), p.last(), p.output(), access, p.pageShift()));
        }
    }

    Piece find(long input) {
        return pieces.stream().filter(p -> p.contains(input)).findFirst().orElse(null);
    }

    List<Piece> pieces() {
        return pieces;
    }
}
