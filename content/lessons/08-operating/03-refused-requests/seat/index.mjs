export const handler = async ({ row }) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { row, booked: true };
};
