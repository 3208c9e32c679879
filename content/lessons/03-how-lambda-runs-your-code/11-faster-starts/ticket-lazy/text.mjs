export const asText = (seat) => ({ text: `Ticket for seat ${seat}` });
