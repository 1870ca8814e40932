package svasim.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.iommu.core.SlowTranslator;

/**
 * Domains and mappings in lists, after the tables of the reference (virtio-iommu.md, 3), for one
 * granule of 4 KiB and the interrupt window as the only reserved region.
 */
final class SlowDevice implements SlowTranslator {
    private static final long WINDOW = 0xFEE0_0000L;
    private static final long WINDOW_END = 0xFEEF_FFFFL;

    private record Mapped(long start, long end, long physical, int flags) {
        boolean meets(long first, long last) {
            return Long.compareUnsigned(first, end) <= 0 && Long.compareUnsigned(start, last) <= 0;
        }

        boolean inside(long first, long last) {
            return Long.compareUnsigned(first, start) <= 0 && Long.compareUnsigned(end, last) <= 0;
        }
    }

    private record Domain(boolean bypass, List<Mapped> mappings) {}

    private final int endpoint;
    private final Map<Integer, Domain> domains = new TreeMap<>();
    private final Map<Integer, Integer> domainOf = new TreeMap<>();

    /**
     * @param endpoint whose accesses are asked for
     */
    SlowDevice(int endpoint) {
        this.endpoint = endpoint;
    }

    void reset() {
        domains.clear();
        domainOf.clear();
    }

    /** What the device answers to a request of the right length, and does. */
    Status request(byte[] bytes) {
        ByteBuffer request = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int domain = request.getInt(4);
        return switch (bytes[0]) {
            case 1 -> attach(domain, request.getInt(8), request.getInt(12), request.getInt(16));
            case 2 -> detach(domain, request.getInt(8));
            case 3 ->
                    map(
                            domain,
                            new Mapped(
                                    request.getLong(8),
                                    request.getLong(16),
                                    request.getLong(24),
                                    request.getInt(32)));
            default -> unmap(domain, request.getLong(8), request.getLong(16));
        };
    }

    private Status attach(int id, int who, int flags, int reserved) {
        if (reserved != 0 || flags >>> 1 != 0) {
            return Status.INVAL;
        }
        if (who >>> 16 != 0) {
            return Status.NOENT;
        }
        boolean bypass = flags == 1;
        if (domains.containsKey(id) && domains.get(id).bypass() != bypass) {
            return Status.INVAL;
        }
        if (!Integer.valueOf(id).equals(domainOf.get(who))) {
            leave(who);
            domains.computeIfAbsent(id, unknown -> new Domain(bypass, new ArrayList<>()));
            domainOf.put(who, id);
        }
        return Status.OK;
    }

    private void leave(int who) {
        Integer old = domainOf.remove(who);
        if (old != null && !domainOf.containsValue(old)) {
            domains.remove(old);
        }
    }

    private Status detach(int id, int who) {
        if (who >>> 16 != 0) {
            return Status.NOENT;
        }
        if (!Integer.valueOf(id).equals(domainOf.get(who))) {
            return Status.INVAL;
        }
        leave(who);
        return Status.OK;
    }

    private Status map(int id, Mapped wanted) {
        if (((wanted.start() | wanted.physical() | wanted.end() + 1) & 0xFFF) != 0) {
            return Status.RANGE;
        }
        boolean backwards = Long.compareUnsigned(wanted.end(), wanted.start()) <= 0;
        if (backwards || wanted.meets(WINDOW, WINDOW_END) || wanted.flags() >>> 3 != 0) {
            return Status.INVAL;
        }
        Domain domain = domains.get(id);
        if (domain == null) {
            return Status.NOENT;
        }
        boolean overlaps =
                domain.mappings().stream().anyMatch(m -> m.meets(wanted.start(), wanted.end()));
        if (domain.bypass() || overlaps) {
            return Status.INVAL;
        }
        domain.mappings().add(wanted);
        return Status.OK;
    }

    private Status unmap(int id, long start, long end) {
        Domain domain = domains.get(id);
        if (domain == null) {
            return Status.NOENT;
        }
        if (domain.bypass() || Long.compareUnsigned(end, start) < 0) {
            return Status.INVAL;
        }
        List<Mapped> all = domain.mappings();
        if (all.stream().anyMatch(m -> m.meets(start, end) && !m.inside(start, end))) {
            return Status.RANGE;
        }
        all.removeIf(m -> m.inside(start, end));
        return Status.OK;
    }

    @Override
    public long translate(long address, boolean write) {
        boolean window = new Mapped(WINDOW, WINDOW_END, 0, 0).meets(address, address);
        Domain domain = domains.get(domainOf.getOrDefault(endpoint, -1));
        if (window || domain != null && domain.bypass()) {
            return address;
        }
        if (domain == null || !domainOf.containsKey(endpoint)) {
            return REFUSED;
        }
        for (Mapped mapped : domain.mappings()) {
            if (mapped.meets(address, address)) {
                boolean permitted = (mapped.flags() >>> (write ? 1 : 0) & 1) == 1;
                return permitted ? address - mapped.start() + mapped.physical() : REFUSED;
            }
        }
        return REFUSED;
    }
}
