"""The names people have in private spaces: 256 × 256, one for each member and topic (R7).

Words nobody minds being called by. The order is part of what makes a name: words may be exchanged,
never moved, and whoever exchanges one renames somebody in every living topic.
"""

from __future__ import annotations

FIRST = tuple(
    """
    Amber Ashen Autumn Azure Balmy Barley Basalt Beech Birch Blithe Bold Bonny Bracken Brass
    Breezy Bright Brisk Broad Bronze Buoyant Calm Candid Cedar Chalk Cheery Cherry Chestnut
    Citrine Civil Clay Clear Clever Cloudy Clover Cobalt Copper Coral Cosy Crafty Cream Crimson
    Crisp Crystal Curious Cyan Dappled Daring Dawn Deft Dewy Dotted Downy Dusky Dusty Eager Early
    Earnest Earthen East Easy Ebony Elegant Elm Ember Emerald Even Evening Fabled Fair Faithful
    Far Fearless Fern Fiery Fine Firm Flaxen Fleet Flint Floral Flowing Foggy Fond Forest Frank
    Free Fresh Friendly Frosty Gallant Garnet Gentle Ginger Glad Gleaming Glossy Golden Graceful
    Grand Granite Grassy Grateful Green Grey Hale Happy Hardy Harvest Hazel Hearty Heather High
    Hilly Honest Honey Hopeful Humble Indigo Inland Iron Island Ivory Ivy Jade Jasper Jolly Joyful
    Jovial Just Keen Kind Kindled Lasting Lavender Leafy Level Light Lilac Lime Limpid Linen
    Lively Lofty Loyal Lucid Lucky Lunar Maple Marble Maroon Mauve Meadow Mellow Merry Midnight
    Mild Mindful Mint Misty Modest Moonlit Morning Mossy Neat Nimble Noble Northern Oaken Ocean
    Ochre Olive Onyx Opal Orchard Patient Peach Pearl Pebble Pensive Peppery Pewter Pine Placid
    Plucky Plum Polar Polished Poppy Prudent Purple Quartz Quick Quiet Quilted Rainy Ready River
    Robust Rosy Round Ruby Russet Rustic Sable Saffron Sage Sandy Sapphire Scarlet Seaside Sepia
    Serene Shady Sharp Silent Silken Silver Sincere Slate Sleek Smoky Smooth Snowy Soft Solar
    Solid Southern Spiced Spruce Stable Starlit Steady Stony Stormy Sturdy Summer Sunlit Sunny
    Supple Sure Tall Tawny Teal Tidal Tidy Timber Topaz Tranquil Trusty Twilight Umber Upland
    Upright Valley Velvet Verdant
    """.split()
)
SECOND = tuple(
    """
    Albatross Alder Alpaca Anchovy Antelope Ash Aspen Auk Avocet Badger Banyan Barbet Bear Beaver
    Beetle Bilby Bison Bittern Blackbird Bluebell Bobcat Bonito Bramble Brant Bream Buffalo Bulbul
    Bullfinch Bunting Bustard Butterfly Buzzard Camel Canary Capybara Caracal Cardinal Caribou
    Carp Catfish Chaffinch Chameleon Chamois Cheetah Chickadee Chipmunk Chough Cicada Civet Clam
    Condor Coot Cormorant Cougar Cowrie Coyote Crane Crayfish Cricket Crocus Cuckoo Curlew Cygnet
    Cypress Daisy Deer Dingo Dipper Dolphin Dormouse Dove Dragonfly Duck Dunlin Dunnock Eagle
    Egret Eider Eland Elephant Elk Emu Ermine Falcon Ferret Fieldfare Finch Firefly Flamingo
    Flounder Flycatcher Fox Frigatebird Frog Fulmar Gadwall Gannet Gazelle Gecko Gibbon Giraffe
    Godwit Goldcrest Goldfinch Goose Goshawk Grebe Greenfinch Grouse Guillemot Gull Hamster Hare
    Harrier Hawk Hawthorn Hedgehog Hemlock Heron Herring Hobby Hoopoe Hornbill Horse Hyrax Ibex
    Ibis Iguana Impala Iris Jackdaw Jaguar Jay Juniper Kangaroo Kestrel Kingfisher Kite Kittiwake
    Kiwi Koala Kudu Ladybird Lapwing Larch Lark Lemming Lemur Leopard Limpet Linnet Lion Lizard
    Llama Lobster Loon Lynx Macaw Mackerel Magpie Mallard Manatee Marlin Marmot Marten Meerkat
    Merlin Mink Minnow Mongoose Moorhen Moose Moth Mouse Mussel Myrtle Narwhal Newt Nightingale
    Nightjar Numbat Nuthatch Ocelot Octopus Okapi Opossum Orca Oriole Oryx Osprey Ostrich Otter
    Ouzel Owl Oyster Panda Panther Parrot Partridge Peacock Pelican Penguin Perch Petrel Pheasant
    Pigeon Pika Pike Pintail Pipit Plover Polecat Pony Porcupine Porpoise Puffin Puma Quail Rabbit
    Raccoon Raven Ray Redstart Redwing Reindeer Robin Roebuck Roller Rowan Salmon Sandpiper Seal
    Serval Shearwater Shrike Siskin Skate Skylark Snipe Sparrow Spoonbill Squirrel Starling Stilt
    Stoat Stork Swallow Swan Tamarin Tapir Teasel Tern Thrush Tiger Toucan Treefrog
    """.split()
)


def name(number: int) -> str:
    """The name of a 16-bit number, e.g. "Amber Heron". IndexError past 65535."""
    return f"{FIRST[number >> 8]} {SECOND[number & 0xFF]}"


def number(words: str) -> int | None:
    """The number of a name, or None for what is none."""
    first, _space, second = words.partition(" ")
    if first not in FIRST or second not in SECOND:
        return None
    return FIRST.index(first) << 8 | SECOND.index(second)
