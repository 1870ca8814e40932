package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.os.reference.Node;
import svasim.os.reference.References;

/** The mappings of an address space, in the order of addresses, none overlapping another. */
final class Vmas {
    /** Mappings are placed below this address, the highest gap first. */
    static final long TOP = 0x7FFF_F7FF_F000L;

    private static final String HOLDER = "vma";

    private final TreeMap<Long, Vma> byStart = new TreeMap<>();
    private final Node mm;
    private final References references;

    Vmas(Node mm, References references) {
        this.mm = mm;
        this.references = references;
    }

    /** The mapping at an address, or null. */
    Vma at(long va) {
        Map.Entry<Long, Vma> below = byStart.floorEntry(va);
        return below != null && below.getValue().holds(va) ? below.getValue() : null;
    }

    List<Vma> all() {
        return List.copyOf(byStart.values());
    }

    /** Start of the highest gap that is large enough, a multiple of the alignment. */
    long findGap(long bytes, long alignment) {
        long end = TOP;
        for (Vma vma : byStart.descendingMap().values()) {
            if ((end - bytes & -alignment) >= vma.end()) {
                break;
            }
            end = vma.start();
        }
        return end - bytes & -alignment;
    }

    /** Adds a mapping; it holds its file, and the address space holds it. */
    Vma add(long start, long end, int access, Content content) {
        Vma vma = new Vma(start, end, access, content, node(start));
        link(vma);
        return vma;
    }

    /** Bytes of all mappings. */
    long totalBytes() {
        return byStart.values().stream().mapToLong(Vma::bytes).sum();
    }

    /** Takes a mapping out; its file may go with it. */
    void remove(Vma vma) {
        vma.content().operations().close();
        unlink(vma);
    }

    private void unlink(Vma vma) {
        byStart.remove(vma.start());
        references.release(mm, vma.node());
        if (!vma.isAnonymous()) {
            references.release(vma.node(), vma.file().node());
            vma.file().put(HOLDER);
        }
    }

    /**
     * Cuts mappings at the ends of a range, so that each lies inside or outside of it.
     *
     * @return those inside
     */
    List<Vma> isolate(long start, long end) {
        List<Vma> inside = new ArrayList<>();
        for (Vma vma : all()) {
            if (vma.end() <= start || vma.start() >= end) {
                continue;
            }
            Vma part = vma;
            if (vma.start() < start || vma.end() > end) {
                part = split(vma, start, end);
            }
            inside.add(part);
        }
        return inside;
    }

    /** Changes what a mapping permits. */
    void protect(Vma vma, int access) {
        replace(vma, vma.part(vma.start(), vma.end(), access, node(vma.start())));
    }

    /** Changes what is special about a mapping. */
    void flag(Vma vma, VmaFlag flag, boolean on) {
        replace(vma, vma.with(vma.content().with(flag, on), node(vma.start())));
    }

    /** Moves a mapping, or changes its size; the new place is free. The old one closes. */
    void move(Vma vma, long start, long end) {
        vma.content().operations().close();
        replace(vma, vma.at(start, end, node(start)));
    }

    private Vma split(Vma vma, long start, long end) {
        Vma middle = vma.part(start, end, vma.access(), node(Math.max(vma.start(), start)));
        replace(vma, middle);
        if (vma.start() < start) {
            link(vma.part(vma.start(), start, vma.access(), node(vma.start())));
        }
        if (vma.end() > end) {
            link(vma.part(end, vma.end(), vma.access(), node(end)));
        }
        return middle;
    }

    /** The new one takes its reference before the old one drops its own. */
    private void replace(Vma old, Vma changed) {
        if (!changed.isAnonymous()) {
            changed.file().get(HOLDER);
        }
        unlink(old);
        link(changed);
        if (!changed.isAnonymous()) {
            changed.file().put(HOLDER);
        }
    }

    private void link(Vma vma) {
        byStart.put(vma.start(), vma);
        references.hold(mm, vma.node());
        if (!vma.isAnonymous()) {
            vma.file().get(HOLDER);
            references.hold(vma.node(), vma.file().node());
        }
    }

    private Node node(long start) {
        return references.node("vma 0x" + Long.toHexString(start));
    }
}
