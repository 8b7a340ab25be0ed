"""Mail coming in: what a mail holds, and which words in it are its writer's own."""
