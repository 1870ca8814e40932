package svasim.os.iommu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All IOMMU groups; numbered in the order in which their first devices are found. */
public final class IommuGroups {
    private final IommuOptions options;
    private final Map<String, IommuGroup> groups = new LinkedHashMap<>();

    public IommuGroups(IommuOptions options) {
        this.options = options;
    }

    /**
     * The group of a function; its first one decides on the default domain.
     *
     * @param device name of the function
     */
    public IommuGroup of(String device, int requesterId, PciPath path) {
        return groups.computeIfAbsent(
                path.groupKey(requesterId),
                key -> new IommuGroup(groups.size(), options.domainOf(device)));
    }

    public List<IommuGroup> all() {
        return new ArrayList<>(groups.values());
    }
}
