const shelves = { small: 'A', medium: 'B', large: 'C' };
console.log('shelf plan loaded');

export const handler = async (event) => {
  const shelf = shelves[event.size];
  if (!shelf) throw new RangeError(`no shelf for size ${event.size}`);
  console.log(`parcel ${event.parcel} goes to shelf ${shelf}`);
  return { parcel: event.parcel, shelf };
};
