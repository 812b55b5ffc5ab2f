/**
 * 256 plain words for safety phrases, one for each value of a byte. No two begin with the same four letters, so that they
 * are not taken for each other over a bad line. Both sides of a call must have the same list: it is not to be changed.
 */
export const SAFETY_WORDS: readonly string[] = `
	acorn album amber anchor angel apple apricot apron arrow artist atlas autumn badge bagel balcony
	balloon bamboo banana banjo barn basil basket beach beaver bench berry bicycle birch biscuit blanket
	blossom bonfire bottle bridge broom bucket bubble button cabin cactus camel candle canoe canyon
	captain carpet carrot castle cedar cello chalk cherry chess chimney cinema circus citrus clay cliff
	clover cobalt coconut comet compass copper coral cotton cricket crystal cupcake curtain cushion
	daisy dancer desert diamond dolphin domino donkey dragon drum dune eagle earth echo elbow emerald
	envelope falcon feather fern fiddle finger flamingo flute forest fossil fountain fox galaxy garden
	garlic gecko giant ginger giraffe glacier glove goose granite grape guitar hammer harbor harvest
	hazel hedgehog helmet herring honey horizon hornet iceberg igloo indigo island ivory jacket jaguar
	jasmine jelly jigsaw jungle kayak kettle kitchen kitten koala ladder lagoon lantern lavender lemon
	leopard lettuce lily linen lizard lobster lotus magnet mango maple marble meadow medal melon mirror
	mitten monkey moose mosaic mountain mushroom napkin needle nest noodle notebook oasis ocean olive
	onion orange orchid otter oyster paddle palace pancake panda parrot peach peanut pebble pelican
	pencil pepper piano picnic pigeon pillow pilot pine planet plum pocket poem pond potato puzzle
	pyramid quartz quilt rabbit raccoon radish raven ribbon river robin rocket rooster saddle salad
	salmon sandal saturn scarf shell silver skate snow sparrow spider spinach squirrel stadium sunset
	swan table teapot temple tiger toast tomato trumpet tulip tunnel turtle umbrella valley vanilla
	velvet village violet volcano waffle walnut whale willow window winter wizard yogurt zebra
`
	.trim()
	.split(/\s+/);
